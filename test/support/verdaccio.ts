import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A registry that runs, with one user who is logged in. */
export interface Registry {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** The user's own token, as `npm login` would get it: it may manage tokens. */
  readonly token: string;
  stop(): Promise<void>;
}

const program = path.resolve(import.meta.dirname, '../../node_modules/verdaccio/bin/verdaccio');

/** Starts a real verdaccio on a port of its own, with its files in a temporary folder and no way to other registries. */
export async function startVerdaccio(): Promise<Registry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-verdaccio-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = path.join(folder, 'config.yaml');
  await writeFile(
    config,
    `storage: ${JSON.stringify(path.join(folder, 'storage'))}
auth:
  htpasswd:
    file: ${JSON.stringify(path.join(folder, 'htpasswd'))}
uplinks: {}
packages:
  '**':
    access: $all
    publish: $authenticated
web:
  enable: false
log: { type: stdout, format: json, level: error }
`,
  );
  const child = spawn(process.execPath, [program, '--config', config, '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text) => (output += text));
  child.stderr.on('data', (text) => (output += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answering(url, () => child.exitCode !== null);
    const user = 'otter';
    const password = 'correct-horse-battery';
    return { url, user, password, token: await createUser(url, user, password), stop };
  } catch (error) {
    await stop();
    throw new Error(`verdaccio did not start: ${String(error)}\n${output}`);
  }
}

async function createUser(url: string, name: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/-/user/org.couchdb.user:${name}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  const { token } = (await answer.json()) as { token?: string };
  if (token === undefined) throw new Error(`no token for the user: HTTP ${answer.status}`);
  return token;
}

async function answering(url: string, hasEnded: () => boolean): Promise<void> {
  const until = Date.now() + 45_000;
  while (Date.now() < until && !hasEnded()) {
    const answer = await fetch(`${url}/-/ping`).catch(() => null);
    if (answer?.ok) return;
    await wait(150);
  }
  throw new Error('it does not answer');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
