import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { nextMessage } from './host-world.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');
const running: ChildProcess[] = [];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keyturn-run-'));
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm start` as npm runs it, without a display and without Electron's download. */
function start(args: readonly string[]) {
  const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: '1', DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, [path.join(root, 'tools', 'start.ts'), ...args], { env });
  running.push(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    // Said by whichever start comes first after a change.
    said.err += text.replace('Building Keyturn…\n', '');
  });
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  /** The address, once it is printed; rejects when the process ends before. */
  const ready = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const address = /^Keyturn is ready: (\S+)\n/.exec(said.out)?.[1];
      if (address !== undefined) resolve(address);
    });
    void exit.then((code) => reject(new Error(`ended with ${code}: ${said.err}`)));
  });
  ready.catch(() => undefined);
  return { child, said, exit, ready };
}

const dataFolder = () => path.join(folder, 'data');
const browserArgs = () => ['--browser', '--port=0', `--data-dir=${dataFolder()}`];

describe('npm start', () => {
  // First of all, because this builds what is missing.
  it('prints one line when it is ready, and ends well when asked', { timeout: 120_000 }, async () => {
    const { child, said, ready, exit } = start(browserArgs());
    const address = await ready;
    expect((await fetch(address)).status).toBe(200);
    child.kill('SIGTERM');
    // What npm passes on arrives a second time.
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(said.out).toBe(`Keyturn is ready: ${address}\n`);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('speaks to the real app behind the address', async () => {
    const { ready, child, exit } = start(browserArgs());
    const { origin, host, hash } = new URL(await ready);
    const answer = await fetch(`${origin}/session`, {
      method: 'POST',
      headers: { origin },
      body: hash.slice(1),
    });
    const { proof } = (await answer.json()) as { proof: string };
    const cookie = String(answer.headers.get('set-cookie')).split(';')[0] ?? '';
    const socket = new WebSocket(`ws://${host}/ipc?page=test`, ['keyturn', proof], {
      headers: { cookie },
      origin,
    });
    expect(await nextMessage(socket)).toEqual({ welcome: true });
    const replied = new Promise<unknown>((resolve) => {
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { id?: number };
        if (message.id === 1) resolve(message);
      });
    });
    socket.send(JSON.stringify({ id: 1, method: 'app.status', input: {} }));
    expect(await replied).toMatchObject({
      answer: { ok: true, value: { host: 'browser', dataFolder: dataFolder() } },
    });
    child.kill('SIGINT');
    expect(await exit).toBe(0);
  });

  it('says in one line where it is already running with the folder, without the token, and ends well', async () => {
    const first = start(browserArgs());
    const { origin, hash } = new URL(await first.ready);
    const second = start(browserArgs());
    expect(await second.exit).toBe(0);
    expect(second.said).toEqual({
      out: `Keyturn is already running with the data folder ${dataFolder()} (process ${first.child.pid}): ${origin}/\n`,
      err: '',
    });
    expect(second.said.out).not.toContain(hash.slice(1));
    expect((await fetch(origin)).status).toBe(200);
  });

  it('starts again on a folder whose host was killed', async () => {
    const first = start(browserArgs());
    await first.ready;
    first.child.kill('SIGKILL');
    await first.exit;
    await start(browserArgs()).ready;
  });

  it('says in one line that a folder is no folder', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const { said, exit } = start(['--browser', `--data-dir=${file}`]);
    expect(await exit).toBe(1);
    expect(said).toEqual({
      out: '',
      err: `Keyturn cannot write to the data folder ${file}: it is a file.\n`,
    });
  });

  it('says in one line what is wrong with what it was told', async () => {
    const { said, exit } = start(['--browser', '--port=http']);
    expect(await exit).toBe(2);
    expect(said).toEqual({ out: '', err: expect.stringMatching(/^--port=http is not a port.*\n$/) });
  });

  it.runIf(process.platform === 'linux')('says in one line why it does not run Electron', async () => {
    const { said, ready } = start(browserArgs().slice(1));
    await ready;
    expect(said.err).toBe('There is no display here. Keyturn runs in your browser instead.\n');
  });

  it('leaves no token behind in its files', async () => {
    const { ready, child, exit } = start(browserArgs());
    const { hash } = new URL(await ready);
    child.kill('SIGTERM');
    await exit;
    for (const entry of readdirSync(dataFolder(), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      expect(readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).not.toContain(hash.slice(1));
    }
  });
});
