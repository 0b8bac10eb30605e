import type { KeyturnContract } from '../../shared/ipc/contract.ts';
import type { AnswerOf, CallName, Contract, FeedName, InputOf, StateOf } from '../../shared/ipc/define.ts';
import type { Bridge } from '../../shared/ipc/wire.ts';
import { fail } from '../../shared/result.ts';
import { electronTransport } from './electron-transport.ts';
import { forgetToken, hasToken } from './session.ts';
import { socketTransport } from './socket-transport.ts';
import { type ConnectionState, DisconnectedError, type Transport } from './transport.ts';

/** Main, as the page sees it. */
export interface Client<K extends Contract> {
  /** Rejects only when main refuses the page or the connection ends; every other outcome is an answer. */
  call<N extends CallName<K>>(method: N, input: InputOf<K[N]>): Promise<AnswerOf<K[N]>>;
  /** Calls `listener` for every state of the feed until the answered function is called. */
  on<N extends FeedName<K>>(feed: N, listener: (state: StateOf<K[N]>) => void): () => void;
  readonly connection: ConnectionState;
}

export type Api = Client<KeyturnContract>;

/** Puts the contract's types on a transport. Main has parsed every answer and state before it sent them. */
export function createClient<K extends Contract>(transport: Transport): Client<K> {
  return {
    call: <N extends CallName<K>>(method: N, input: InputOf<K[N]>) =>
      transport.call(method, input) as Promise<AnswerOf<K[N]>>,
    on: <N extends FeedName<K>>(feed: N, listener: (state: StateOf<K[N]>) => void) =>
      transport.on((message) => {
        if (message.feed === feed) listener(message.state as StateOf<K[N]>);
      }),
    connection: transport.connection,
  };
}

declare global {
  interface Window {
    /** There in Electron, where the preload puts it. */
    readonly keyturn?: Bridge;
  }
}

/** Connects this page to main: by Electron's bridge where it is there, otherwise by a socket to where the page came from. */
export function connectToMain(): Api {
  const { keyturn, location, history, localStorage, sessionStorage, WebSocket } = window;
  if (keyturn !== undefined) return createClient(electronTransport(keyturn));
  const client: Api = createClient(
    socketTransport({
      fetch: (...request) => fetch(...request),
      location,
      history,
      shared: localStorage,
      own: sessionStorage,
      newId: () => crypto.randomUUID(),
      WebSocket,
    }),
  );
  // The printed address, pasted into this very tab, changes nothing but the fragment.
  window.addEventListener('hashchange', () => {
    if (client.connection.current() === 'open') forgetToken(window);
    else if (hasToken(location)) location.reload();
  });
  return client;
}

/** The connection ended before main answered; whether main acted is not known. */
export interface ConnectionLost {
  readonly code: 'connection-lost';
}

let connected: Api | null = null;

function main(): Api {
  connected ??= connectToMain();
  return connected;
}

/** Main for all screens, connected on first use. A lost connection is an answer here, so that no screen forgets it. */
export const api = {
  async call<N extends CallName<KeyturnContract>>(
    method: N,
    input: InputOf<KeyturnContract[N]>,
  ): Promise<AnswerOf<KeyturnContract[N]> | { readonly ok: false; readonly error: ConnectionLost }> {
    try {
      return await main().call(method, input);
    } catch (cause) {
      if (cause instanceof DisconnectedError) return fail({ code: 'connection-lost' as const });
      throw cause;
    }
  },
  on<N extends FeedName<KeyturnContract>>(
    feed: N,
    listener: (state: StateOf<KeyturnContract[N]>) => void,
  ): () => void {
    return main().on(feed, listener);
  },
  get connection(): ConnectionState {
    return main().connection;
  },
};
