import { closeCodes, type SocketReply, socketPath, socketProtocol } from '../../shared/ipc/socket.ts';
import type { FeedMessage } from '../../shared/ipc/wire.ts';
import { createListeners } from './listeners.ts';
import { pageId, type SessionBrowser, signIn } from './session.ts';
import { type Connection, DisconnectedError, RefusedError, type Transport } from './transport.ts';

/** What of the browser the socket needs beside a session. */
export interface SocketBrowser extends SessionBrowser {
  readonly WebSocket: typeof WebSocket;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (cause: Error) => void;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/**
 * The way to main in a browser. A lost connection is tried again after pauses that grow to five seconds; a place
 * that another page holds is taken only when the person says so. Calls made while connecting wait for it; calls
 * that were under way when the connection ended reject, and are never repeated here.
 */
export function socketTransport(browser: SocketBrowser): Transport {
  const feeds = createListeners<FeedMessage>();
  const changes = createListeners<void>();
  const waiting = new Map<number, Waiting>();
  let state: Connection = 'connecting';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | null = null;
  let lastId = 0;
  let pauseMs = firstPauseMs;
  let ready = connect(false);

  function become(next: Connection): void {
    if (state === next) return;
    state = next;
    changes.tell();
  }

  /** Answers once it is known whether there is a connection. */
  async function connect(takeOver: boolean): Promise<void> {
    const standing = await signIn(browser);
    if (standing.state === 'signed-out') return become('signed-out');
    if (standing.state === 'unanswered') return retry();
    return new Promise((resolve) => {
      const query = new URLSearchParams({ page: pageId(browser), ...(takeOver ? { 'take-over': '' } : {}) });
      const address = `ws://${browser.location.host}${socketPath}?${query}`;
      const opened = new browser.WebSocket(address, [socketProtocol, standing.proof]);
      opened.onmessage = ({ data }) => {
        const message = JSON.parse(String(data)) as SocketReply | FeedMessage;
        if (!('welcome' in message)) {
          receive(message);
          return;
        }
        socket = opened;
        pauseMs = firstPauseMs;
        become('open');
        resolve();
      };
      opened.onclose = ({ code }) => {
        socket = null;
        for (const { reject } of waiting.values()) reject(new DisconnectedError('The connection ended'));
        waiting.clear();
        if (code === closeCodes.inUse || code === closeCodes.takenOver) become('in-use');
        else retry();
        resolve();
      };
    });
  }

  function retry(): void {
    become('lost');
    timer = setTimeout(() => {
      ready = connect(false);
    }, pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  function receive(message: Exclude<SocketReply, { welcome: true }> | FeedMessage): void {
    if ('feed' in message) {
      feeds.tell(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if ('refused' in message) asked?.reject(new RefusedError(message.refused));
    else asked?.resolve(message.answer);
  }

  return {
    async call(method, input) {
      await ready;
      const open = socket;
      if (open === null) throw new DisconnectedError('There is no connection');
      return new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        open.send(JSON.stringify({ id: lastId, method, input }));
      });
    },
    on: feeds.add,
    connection: {
      current: () => state,
      subscribe: (listener) => changes.add(listener),
      take() {
        if (socket !== null || state === 'connecting') return;
        clearTimeout(timer);
        become('connecting');
        ready = connect(true);
      },
    },
  };
}
