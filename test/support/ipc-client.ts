import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { KeyturnContract } from '../../shared/ipc/contract.ts';
import type { AnswerOf, CallName, InputOf } from '../../shared/ipc/define.ts';
import { socketPath, socketProtocol } from '../../shared/ipc/socket.ts';

type Method = CallName<KeyturnContract>;
type ValueOf<N extends Method> = Extract<AnswerOf<KeyturnContract[N]>, { ok: true }>['value'];

/** A page of the browser host without a browser: the same token, the same socket, the same contract. */
export interface IpcClient {
  /** Asks main; the whole answer. Rejects when the connection ends first. */
  ask<N extends Method>(method: N, input: InputOf<KeyturnContract[N]>): Promise<AnswerOf<KeyturnContract[N]>>;
  /** Asks main; the value of a success. Rejects where the answer is a failure. */
  call<N extends Method>(method: N, input: InputOf<KeyturnContract[N]>): Promise<ValueOf<N>>;
  /** Everything that main has sent, as it came. */
  readonly frames: readonly string[];
  close(): void;
}

/** Shows the token of the ready line's address, as the page does, and answers when main has given a place. */
export async function connectToApp(appUrl: string): Promise<IpcClient> {
  const { origin, host, hash } = new URL(appUrl);
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { origin },
    body: hash.slice(1),
  });
  if (!session.ok) throw new Error(`The app gave no session: HTTP ${session.status}`);
  const { proof } = (await session.json()) as { proof: string };
  const cookie = (session.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}${socketPath}?page=test`, [socketProtocol, proof], {
    origin,
    headers: { cookie },
  });
  const frames: string[] = [];
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(cause: Error): void }>();
  socket.on('message', (data) => {
    frames.push(String(data));
    const { id, answer, refused } = JSON.parse(String(data)) as Partial<Reply>;
    if (id === undefined) return;
    const asked = waiting.get(id);
    waiting.delete(id);
    if (refused === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(refused));
  });
  // What an ended connection means for those who wait is told by `close`.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('The connection to the app ended'));
    waiting.clear();
  });
  await once(socket, 'message');

  let lastId = 0;
  const ask: IpcClient['ask'] = (method, input) =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(new Error('The connection to the app ended'));
      lastId += 1;
      waiting.set(lastId, { resolve: resolve as (answer: unknown) => void, reject });
      socket.send(JSON.stringify({ id: lastId, method, input }));
    });
  return {
    ask,
    async call(method, input) {
      const answer = await ask(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as ValueOf<typeof method>;
    },
    frames,
    close: () => socket.terminate(),
  };
}

/** Answers when the app has opened its vault; rejects when it cannot. */
export async function vaultOpened(client: IpcClient): Promise<void> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { vault } = await client.call('vault.status', {});
    if (vault.state === 'open') return;
    if (vault.state !== 'opening' || Date.now() > deadline) {
      throw new Error(`The vault did not open: ${JSON.stringify(vault)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

interface Reply {
  readonly id: number;
  readonly answer: unknown;
  readonly refused: string;
}
