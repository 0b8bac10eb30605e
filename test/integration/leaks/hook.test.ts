import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { startSandboxServer } from '../../e2e/support/sandbox-server.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { type AppWorld, startWorld, wish } from '../app/app-world.ts';
import { describeOnLinux } from '../secrets/keychain.ts';

describeOnLinux('the pre-commit hook', () => {
  let keyring: Keyring;
  let root: string;
  let repository: string;
  let app: AppWorld | null;
  let value: string;

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());

  beforeEach(async () => {
    // A space and a quote, as the hook's text has to hold them.
    root = realpathSync(mkdtempSync(path.join(tmpdir(), "keyturn it's a hook-")));
    repository = path.join(root, 'project');
    mkdirSync(repository);
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'])
      vi.stubEnv(name, keyring.env[name]);
    git('init', '-q', '-b', 'main');
    git('config', 'user.name', 'Ada');
    git('config', 'user.email', 'ada@example.com');
    app = await startWorld(path.join(root, 'data'), keyring.env);
    await app.until('open');
    const connection = await app.call('connections.addSandbox', {});
    const file = path.join(root, '.env');
    const targets = [{ file, variables: { API_KEY: 'KEY' } }];
    await app.call('keys.issue', { ...wish, connectionId: connection.id, name: 'mail', targets });
    value = parseEnv(readFileSync(file, 'utf8')).KEY ?? '';
    expect(value.length).toBeGreaterThan(15);
  });
  afterEach(async () => {
    await app?.stop();
    vi.unstubAllEnvs();
    await keyring.restartDaemon({ unlock: true });
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    rmSync(root, { recursive: true, force: true });
  });

  /** Runs Git as its user does, in a shell of the same session. */
  function git(...args: string[]) {
    const env = { ...keyring.env, GIT_CONFIG_NOSYSTEM: '1' };
    const { status, stdout, stderr } = spawnSync('git', ['-C', repository, ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout, said: stderr };
  }
  const write = (file: string, content: string) => writeFileSync(path.join(repository, file), content);

  function running(): AppWorld {
    if (app === null) throw new Error('The app is not running');
    return app;
  }
  async function stopApp(): Promise<void> {
    await app?.stop();
    app = null;
  }
  const install = () => running().call('leaks.installHook', { folder: repository });

  /** Every file of the data folder with its content. */
  function dataFolder(): string {
    const hash = createHash('sha256');
    const entries = readdirSync(path.join(root, 'data'), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      hash.update(`${file} ${statSync(file).mtimeMs}\n`).update(readFileSync(file));
    }
    return hash.digest('hex');
  }

  it('stops a commit with a value of the vault and names file, line and key, whether the app runs or not', async () => {
    expect(await install()).toMatchObject({
      state: 'installed',
      file: path.join(repository, '.git', 'hooks', 'pre-commit'),
    });
    expect(statSync(path.join(repository, '.git', 'hooks', 'pre-commit')).mode & 0o777).toBe(0o755);
    write('config.json', `{\n  "key": "${value}"\n}\n`);
    git('add', '-A');
    const whileRunning = git('commit', '-q', '-m', 'Configure');
    expect(whileRunning.status).toBe(1);
    expect(whileRunning.said).toContain('config.json:2: the value of the key "mail" (API_KEY)\n');
    expect(whileRunning.said).not.toContain(value);

    await stopApp();
    const before = dataFolder();
    expect(git('commit', '-q', '-m', 'Configure')).toEqual(whileRunning);
    expect(dataFolder()).toBe(before);
    expect(git('log').status).not.toBe(0);

    write('config.json', '{}\n');
    git('add', '-A');
    expect(git('commit', '-q', '-m', 'Configure')).toMatchObject({ status: 0, said: '' });
  });

  it('looks at what is committed, and not at what lies in the folder', async () => {
    await install();
    write('a.txt', 'x');
    write('b.txt', 'x');
    git('add', '-A');
    expect(git('commit', '-q', '-m', 'Begin').status).toBe(0);
    write('a.txt', value);
    write('b.txt', 'y');
    git('add', 'b.txt');
    expect(git('commit', '-q', '-m', 'Only b').status).toBe(0);
    // For these Git makes an index of its own.
    expect(git('commit', '-q', '-a', '-m', 'All').status).toBe(1);
    expect(git('commit', '-q', '-m', 'Only a', 'a.txt').status).toBe(1);
    mkdirSync(path.join(repository, 'folder'));
    expect(
      spawnSync('git', ['commit', '-qam', 'All'], { cwd: path.join(repository, 'folder'), env: keyring.env })
        .status,
    ).toBe(1);
    expect(git('commit', '-q', '-a', '-m', 'All', '--no-verify').status).toBe(0);
  });

  it('lets a commit through and says that nothing was checked where the keychain is locked', async () => {
    await install();
    await stopApp();
    await keyring.lock();
    write('a.txt', value);
    git('add', '-A');
    const { status, said } = git('commit', '-q', '-m', 'Begin');
    expect(status).toBe(0);
    expect(said).toContain('Keyturn did not check what is staged: the keychain is locked.');
  });

  it('lets a commit through and says so where there is no vault, or Keyturn is gone', async () => {
    const { file } = await install();
    await stopApp();
    rmSync(path.join(root, 'data'), { recursive: true });
    write('a.txt', 'x');
    git('add', '-A');
    expect(git('commit', '-q', '-m', 'Begin')).toMatchObject({
      status: 0,
      said: expect.stringContaining('did not check what is staged: there is no vault'),
    });
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('check-staged-main.ts', 'gone.ts'));
    expect(git('commit', '-q', '--allow-empty', '-m', 'Go on')).toMatchObject({
      status: 0,
      said: expect.stringContaining('it is not where it was'),
    });
  });

  it('never touches a hook of somebody else’s, and says which line it would need', async () => {
    const file = path.join(repository, '.git', 'hooks', 'pre-commit');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, '#!/bin/sh\necho mine >&2\n', { mode: 0o755 });
    const standing = await running().call('leaks.hook', { folder: repository });
    expect(standing).toMatchObject({ state: 'foreign', file });
    for (const method of ['leaks.installHook', 'leaks.removeHook'] as const) {
      const refused = await running().ask(method, { folder: repository });
      expect(refused).toEqual({ ok: false, error: { code: 'hook-foreign', file, line: standing.line } });
    }
    expect(readFileSync(file, 'utf8')).toBe('#!/bin/sh\necho mine >&2\n');

    writeFileSync(file, `#!/bin/sh\n${standing.line}\necho mine >&2\n`);
    write('a.txt', value);
    git('add', '-A');
    expect(git('commit', '-q', '-m', 'Begin').status).toBe(1);
    write('a.txt', 'x');
    git('add', '-A');
    expect(git('commit', '-q', '-m', 'Begin')).toMatchObject({ status: 0, said: 'mine\n' });
  });

  it('goes where Git looks for hooks, and is removed again', async () => {
    expect(await running().call('leaks.hook', { folder: root })).toMatchObject({ state: 'no-repository' });
    git('config', 'core.hooksPath', 'my hooks');
    mkdirSync(path.join(repository, 'deep'));
    const folder = path.join(repository, 'deep');
    const file = path.join(repository, 'my hooks', 'pre-commit');
    expect(await running().call('leaks.hook', { folder })).toMatchObject({ state: 'absent', file });
    await running().call('leaks.installHook', { folder });
    write('a.txt', value);
    git('add', 'a.txt');
    expect(git('commit', '-q', '-m', 'Begin').status).toBe(1);
    expect(await running().call('leaks.installHook', { folder })).toMatchObject({ state: 'installed', file });
    expect(await running().call('leaks.removeHook', { folder })).toMatchObject({ state: 'absent', file });
    expect(git('commit', '-q', '-m', 'Begin').status).toBe(0);
  });

  it('lets a test key into a tracked file that it is written to, and into no other', async () => {
    const target = path.join(repository, 'deploy.env');
    write('deploy.env', 'A=1\n');
    git('add', '-A');
    git('commit', '-q', '-m', 'Begin');
    const [key] = (await running().call('keys.list', {})).keys;
    if (key === undefined) throw new Error('There is no key');
    expect(key.environment).toBe('test');
    await running().call('keys.write', {
      id: key.id,
      target: { file: target, variables: { API_KEY: 'KEY' } },
    });
    await install();
    expect(readFileSync(target, 'utf8')).toContain(value);
    write('other.env', `KEY=${value}\n`);
    git('add', '-A');
    const { status, said } = git('commit', '-q', '-m', 'Deploy');
    expect(status).toBe(1);
    expect(said).toContain('other.env:1');
    expect(said).not.toContain('deploy.env');
    git('rm', '-q', '--cached', 'other.env');
    expect(git('commit', '-q', '-m', 'Deploy').status).toBe(0);
  });

  it('stops a live key in its own file, says what to do, and lets it in once its name was typed', async () => {
    const target = path.join(repository, 'deploy.env');
    const sandbox = await startSandboxServer(root, 'live');
    onTestFinished(() => sandbox.stop());
    const connection = await running().call('connections.add', {
      providerId: 'sandbox',
      name: 'Live',
      environment: 'live',
      settings: { url: sandbox.origin },
      credential: { token: sandbox.token },
    });
    const targets = [{ file: target, variables: { API_KEY: 'KEY' } }];
    const issue = { ...wish, connectionId: connection.id, name: 'shop', targets };
    const { keyId } = await running().call('keys.issue', issue);
    await install();
    git('add', '-A');
    const stopped = git('commit', '-q', '-m', 'Deploy');
    expect(stopped.status).toBe(1);
    expect(stopped.said).toContain('deploy.env is a file of the live key "shop"');
    expect(stopped.said).toContain('git rm --cached');
    expect(stopped.said).toContain('"Confirm by name"');
    const [there] = (await running().call('keys.get', { id: keyId })).targets;
    if (there === undefined) throw new Error('There is no target');
    await running().call('keys.writeAgain', { id: keyId, targetId: there.id, confirmName: 'shop' });
    expect(git('commit', '-q', '-m', 'Deploy').status).toBe(0);
  });

  it('finds leaks through the app, and no answer, announcement or log has the value', async () => {
    write('notes.txt', `\n\n${value}\n`);
    git('add', '-A');
    git('commit', '-q', '-m', `The key is ${value}`);
    const { leaks, commits } = await running().call('leaks.search', { folder: repository, history: true });
    expect(leaks.map(({ file, line, stillThere }) => `${file}:${line} ${stillThere}`)).toEqual([
      ':1 false',
      'notes.txt:3 true',
    ]);
    expect(commits).toBe(1);
    const { answers, feeds, log } = running();
    expect(JSON.stringify([answers, feeds, log])).not.toContain(value);
  });
});
