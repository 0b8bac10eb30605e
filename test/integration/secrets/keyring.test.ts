import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from './keychain.ts';

const item = ['service', 'keyturn-test', 'account', 'a'];

/** The processes that were started in this session and have not ended. */
async function processesOf(runtime: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (environment.includes(runtime)) found.push(pid);
  }
  return found;
}

describeOnLinux('A keyring for tests', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('says in one sentence what to install where its programs are missing', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    await expect(startKeyring({ unlock: true })).rejects.toThrow(
      'A real keyring is needed and dbus-daemon, dbus-send, gnome-keyring-daemon, secret-tool cannot be found: install the packages dbus, gnome-keyring and libsecret-tools.',
    );
  });

  test('shares nothing with others that run at the same time', async () => {
    const keyrings = await Promise.all([1, 2, 3, 4].map(() => startKeyring({ unlock: true })));
    await Promise.all(
      keyrings.map((keyring, at) => keyring.secretTool(['store', '--label=x', ...item], `value ${at}`)),
    );
    for (const [at, keyring] of keyrings.entries()) {
      expect((await keyring.secretTool(['lookup', ...item])).stdout).toBe(`value ${at}`);
    }
    await Promise.all(keyrings.map((keyring) => keyring.stop()));
  });

  test('leaves no process and no folder behind, in whatever state it is stopped', async () => {
    const keyring = await startKeyring({ unlock: true });
    const runtime = String(keyring.env.XDG_RUNTIME_DIR);
    await keyring.killDaemon();
    await keyring.secretTool(['lookup', ...item]);
    await keyring.pause();
    expect((await processesOf(runtime)).length).toBeGreaterThan(1);
    await keyring.stop();
    await keyring.stop();
    await eventually(async () => expect(await processesOf(runtime)).toEqual([]));
    expect(existsSync(keyring.home)).toBe(false);
  });
});
