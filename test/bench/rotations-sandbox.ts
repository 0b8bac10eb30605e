import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startSandbox } from '../../main/sandbox/sandbox.ts';

/** The sandbox behind a door that lets every answer out only after a while. */
export interface SlowSandbox {
  readonly origin: string;
  /** A management token of its test environment. */
  readonly token: string;
  /** From now on every answer takes so many milliseconds, from the request's arrival; counting begins anew. */
  answersAfter(ms: number): void;
  requests(): number;
  stop(): Promise<void>;
}

/** Starts the sandbox and its door; at first it answers at once. */
export async function startSlowSandbox(stateFile: string): Promise<SlowSandbox> {
  const sandbox = await startSandbox({
    stateFile,
    clock: Date.now,
    random: (bytes: number) => randomBytes(bytes),
  });
  if (!sandbox.ok) throw new Error(`The sandbox did not start: ${sandbox.error.reason}`);
  const token = await sandbox.value.issueManagementToken('test');
  if (!token.ok) throw new Error(`The sandbox gave no token: ${token.error.reason}`);
  const inside = new URL(sandbox.value.origin);
  const agent = new Agent({ keepAlive: true });
  let ms = 0;
  let requests = 0;

  async function passOn(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const waited = wait(ms);
    const { hostname, port, host } = inside;
    const passed = request({
      agent,
      hostname,
      port,
      method: incoming.method,
      path: incoming.url,
      headers: { ...incoming.headers, host },
    });
    incoming.pipe(passed);
    const [answer] = (await once(passed, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    await waited;
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(Buffer.concat(chunks));
  }

  const door = createServer((incoming, response) => {
    passOn(incoming, response).catch(() => response.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    origin: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    token: token.value.reveal(),
    answersAfter(next) {
      ms = next;
      requests = 0;
    },
    requests: () => requests,
    async stop() {
      door.closeAllConnections();
      door.close();
      agent.destroy();
      await sandbox.value.stop();
    },
  };
}
