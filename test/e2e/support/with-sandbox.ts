import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from './fixtures.ts';
import { type SandboxServer, startSandboxServer } from './sandbox-server.ts';

/** `test` with a sandbox beside the app: it outlives the app's death and can be told to misbehave. */
export const test = base.extend<{ readonly sandbox: SandboxServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  sandbox: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
    const server = await startSandboxServer(folder);
    await use(server);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  },
});
