import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from './keychain.ts';

/** The app's part in small: it starts the worker, asks it for an item, and tells the worker's id. */
const parent = `
  const { fork } = await import('node:child_process');
  const worker = fork(process.argv[1], [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  worker.on('message', () => {
    worker.send({ id: 1, do: 'get', service: 'keyturn', account: 'vault' });
    setTimeout(() => process.stdout.write(String(worker.pid)), 200);
  });
`;

const workerFile = new URL('../../../main/secrets/keychain-worker.ts', import.meta.url).pathname;

/** Whether the process is there and has not ended. */
const isAlive = async (pid: number) => {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return status !== null && !/\) [ZX] /.test(status);
};

describeOnLinux('The keychain process', () => {
  let keyring: Keyring;
  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());

  test('ends with an app that is killed, even while the keychain does not answer', async () => {
    await keyring.pause();
    const app = spawn(process.execPath, ['--input-type=module', '-e', parent, workerFile], {
      env: keyring.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => app.stdout.once('data', (id) => resolve(Number(id))));
    expect(await isAlive(pid)).toBe(true);
    app.kill('SIGKILL');
    await eventually(async () => expect(await isAlive(pid)).toBe(false));
  });
});
