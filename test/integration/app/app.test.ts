import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { type AppWorld, startWorld, wish } from './app-world.ts';

/** Every file below the folder, as text. */
async function textIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return texts.join('\n');
}

describeOnLinux('the whole app', () => {
  let keyring: Keyring;
  let folder: string;
  let running: AppWorld[];

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-app-'));
    running = [];
    enterSession(keyring.env);
  });
  afterEach(async () => {
    for (const app of running) await app.stop();
    vi.unstubAllEnvs();
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    await rm(folder, { recursive: true, force: true });
  });

  /** The app looks at the session bus of its own process. */
  function enterSession(env: NodeJS.ProcessEnv): void {
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS']) vi.stubEnv(name, env[name]);
  }

  async function start(env: NodeJS.ProcessEnv = keyring.env): Promise<AppWorld> {
    const app = await startWorld(join(folder, 'data'), env);
    running.push(app);
    return app;
  }

  async function stop(app: AppWorld): Promise<void> {
    running = running.filter((one) => one !== app);
    await app.stop();
  }

  async function withKey(app: AppWorld, name = 'mail') {
    const connection = await app.call('connections.addSandbox', {});
    const file = join(folder, `.env-${name}`);
    const targets = [{ file, variables: { API_KEY: 'SANDBOX_API_KEY' } }];
    const { keyId } = await app.call('keys.issue', { ...wish, connectionId: connection.id, name, targets });
    const inFile = async () => parseEnv(await readFile(file, 'utf8')).SANDBOX_API_KEY ?? '';
    return { connection, keyId, inFile };
  }

  it('sets itself up, issues a key, and has it all again after a restart, for one look into the keychain', async () => {
    const first = await start();
    await first.until('open');
    expect(await first.call('vault.status', {})).toMatchObject({ store: 'keychain', lockedBy: null });
    const { keyId, inFile, connection } = await withKey(first);
    const before = await first.call('keys.list', {});
    await stop(first);

    const second = await start();
    await second.until('open');
    expect(await second.call('keys.list', {})).toEqual(before);
    expect(before.keys.map((key) => key.id)).toEqual([keyId]);
    expect(second.requests).toEqual(['get vault']);
    // The sandbox is there again, at the same address, and knows the key.
    expect(await second.call('connections.addSandbox', {})).toMatchObject({ id: connection.id });
    expect(await second.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
    expect(await second.call('keys.targetStates', { id: keyId })).toMatchObject({
      targets: [{ state: 'in-step' }],
    });
    expect((await inFile()).length).toBeGreaterThan(10);
    expect([...first.log.failures, ...second.log.failures]).toEqual([]);
  });

  it('lets no value out but by the one reveal, through the whole life of a key', async () => {
    const app = await start();
    await app.until('open');
    const { keyId, inFile, connection } = await withKey(app);
    const first = await inFile();
    await app.call('keys.copy', { id: keyId, field: 'API_KEY' });
    expect(app.desktop.board.text).toBe(first);
    const shown = await app.call('keys.reveal', { id: keyId, purpose: 'show', field: null });
    expect(shown.fields).toEqual([{ name: 'API_KEY', value: first }]);
    await app.call('keys.seal', { id: keyId });
    await app.call('keys.check', { id: keyId });
    await app.call('keys.get', { id: keyId });
    const { workId, newKeyId } = await app.call('keys.rotate', { id: keyId, grace: 'now' });
    await eventually(async () => {
      const { works } = await app.call('work.list', {});
      expect(works.find((work) => work.id === workId)).toMatchObject({ finished: 'done' });
    });
    const second = await inFile();
    expect(second).not.toBe(first);
    await app.call('keys.lastUsed', { id: newKeyId });
    await app.call('keys.revoke', { id: newKeyId, confirmName: 'mail' });
    await app.call('keys.list', {});
    await app.call('keys.get', { id: newKeyId });
    await app.call('connections.check', { id: connection.id });
    await app.call('connections.list', {});
    await app.call('connections.compare', { id: connection.id });
    await app.call('connections.scopes', { id: connection.id });
    await app.call('activity.page', { before: null, limit: 100 });
    await app.call('app.status', {});
    await app.ask('keys.reveal', { id: newKeyId, purpose: 'show', field: null });
    await app.call('keys.delete', { id: newKeyId, atProvider: null });

    const item = `connection/${connection.id}`;
    const stored = await keyring.secretTool(['lookup', 'service', 'keyturn', 'account', item]);
    const { token } = JSON.parse(stored.stdout) as { token: string };
    const answered = app.answers.map(({ method, answer }) => `${method} ${JSON.stringify(answer)}`);
    const carrying = answered.filter((text) =>
      [first, second, token].some((secret) => text.includes(secret)),
    );
    expect(carrying.map((text) => text.split(' ')[0])).toEqual(['keys.reveal']);
    const elsewhere = [
      JSON.stringify(app.feeds),
      JSON.stringify(app.log),
      await textIn(join(folder, 'data')),
    ];
    for (const secret of [first, second, token]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(elsewhere.filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(app.feeds.length).toBeGreaterThan(10);
    expect(app.log.failures).toEqual([]);
  });

  it('clears the clipboard when it is locked, when its user goes away, and when it stops', async () => {
    const app = await start();
    await app.until('open');
    for (const [name, leave] of [
      ['locking', () => app.call('vault.lock', {})],
      ['away', async () => app.desktop.goAway()],
      ['stopping', () => stop(app)],
    ] as const) {
      await app.call('vault.retry', {});
      const { keyId, inFile } = await withKey(app, name);
      await app.call('keys.copy', { id: keyId, field: 'API_KEY' });
      expect(app.desktop.board.text).toBe(await inFile());
      await leave();
      // Who stops the app ends the process next.
      if (name !== 'stopping') await eventually(() => expect(app.desktop.board.text).toBeNull());
      expect(app.desktop.board.text).toBeNull();
    }
  });

  it('waits in words for a keychain that is locked, and opens when it is there', async () => {
    const first = await start();
    await first.until('open');
    await stop(first);
    await keyring.lock();
    const second = await start();
    await second.until('locked');
    expect(await second.ask('keys.list', {})).toEqual({ ok: false, error: { code: 'vault-closed' } });
    await keyring.restartDaemon({ unlock: true });
    await second.call('vault.retry', {});
    await second.until('open');
    expect(await second.call('keys.list', {})).toEqual({ keys: [] });
  });

  it('keeps everything under a passphrase where there is no keychain', async () => {
    const bare = {
      PATH: process.env.PATH,
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(folder, 'no-bus')}`,
    };
    enterSession(bare);
    const passphrase = 'a passphrase of more than twelve characters';
    const first = await start(bare);
    await first.until('unset');
    await first.call('vault.usePassphrase', { passphrase });
    const { keyId } = await withKey(first);
    await stop(first);
    const second = await start(bare);
    await second.until('locked');
    expect(await second.ask('vault.unlock', { passphrase: 'another one of that length' })).toEqual({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
    await second.call('vault.unlock', { passphrase });
    expect((await second.call('keys.list', {})).keys.map((key) => key.id)).toEqual([keyId]);
    expect(await second.call('keys.reveal', { id: keyId, purpose: 'show', field: null })).toMatchObject({
      fields: [{ name: 'API_KEY' }],
    });
  });

  it('leaves no process, no port and no timer behind when it has stopped', async () => {
    const script = join(import.meta.dirname, 'start-and-stop.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [script, join(folder, 'data')], {
      env: keyring.env,
      timeout: 60_000,
    });
    const url = /^stopped (\S+)$/m.exec(stdout)?.[1] ?? '';
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await expect(fetch(url)).rejects.toThrow();
  });
});
