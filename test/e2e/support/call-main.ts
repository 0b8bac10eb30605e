import type { Page } from '@playwright/test';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { AnswerOf, CallName, InputOf } from '../../../shared/ipc/define.ts';

/** What the tests put into the page, so that they can speak over the page's own connection. */
interface Wire {
  keyturn?: { call(method: string, input: unknown): Promise<unknown> };
  testSocket?: WebSocket;
}

/** Lets `callMain` work in this page; to be called before it opens the app. */
export async function exposeSocket(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const wire = window as unknown as Wire;
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        wire.testSocket = this;
      }
    };
  });
}

/**
 * Asks main anything over the page's own connection, as a script in the page could: `method` and `input` are sent as
 * they are. Rejects where main refuses the call.
 */
export function askMain(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    async ([name, asked]) => {
      const wire = window as unknown as Wire;
      if (wire.keyturn !== undefined) return wire.keyturn.call(name, asked);
      const socket = wire.testSocket;
      if (socket === undefined) throw new Error('The page has no connection');
      const id = Math.floor(Math.random() * 1e9) + 1e9;
      return new Promise((resolve, reject) => {
        socket.addEventListener('message', function hear(event: MessageEvent<string>) {
          const reply = JSON.parse(event.data) as { id?: number; answer?: unknown; refused?: string };
          if (reply.id !== id) return;
          socket.removeEventListener('message', hear);
          if (reply.refused === undefined) resolve(reply.answer);
          else reject(new Error(reply.refused));
        });
        socket.send(JSON.stringify({ id, method: name, input: asked }));
      });
    },
    [method, input] as const,
  );
}

/** A call of the contract over the page's own connection. Throws where the answer is a failure. */
export async function callMain<N extends CallName<KeyturnContract>>(
  page: Page,
  method: N,
  input: InputOf<KeyturnContract[N]>,
): Promise<Extract<AnswerOf<KeyturnContract[N]>, { ok: true }>['value']> {
  const answer = (await askMain(page, method, input)) as AnswerOf<KeyturnContract[N]>;
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
  return answer.value as Extract<AnswerOf<KeyturnContract[N]>, { ok: true }>['value'];
}
