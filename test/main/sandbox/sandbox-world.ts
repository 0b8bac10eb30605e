import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sandbox } from '../../../main/sandbox/sandbox.ts';
import { startSandbox } from '../../../main/sandbox/sandbox.ts';
import type { Environment } from '../../../shared/domain/key.ts';

export interface Answered {
  readonly status: number;
  /** Whatever was answered, as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A sandbox that listens in a folder of its own, its clock, and what is asked of it. */
export interface SandboxTestWorld {
  /** Milliseconds since 1970; tests move it. */
  now: number;
  readonly tokens: Readonly<Record<Environment, string>>;
  ask(method: string, where: string, headers?: Record<string, string>, body?: unknown): Promise<Answered>;
  /** Asks as the holder of a management token. */
  manage(method: string, where: string, body?: unknown, environment?: Environment): Promise<Answered>;
  /** Stops and starts it again. */
  restart(): Promise<void>;
  stateFile(): Promise<string>;
  end(): Promise<void>;
}

/** Starts a sandbox with a management token for each environment. */
export async function startSandboxWorld(): Promise<SandboxTestWorld> {
  const folder = await mkdtemp(path.join(tmpdir(), 'keyturn-sandbox-'));
  const stateFile = path.join(folder, 'state.json');
  let sandbox: Sandbox;
  const start = async () => {
    const started = await startSandbox({ stateFile, clock: () => world.now, random: randomBytes });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    sandbox = started.value;
  };
  const issue = async (environment: Environment) => {
    const token = await sandbox.issueManagementToken(environment);
    if (!token.ok) throw new Error(JSON.stringify(token.error));
    return token.value.reveal();
  };
  const tokens = { test: '', live: '' };
  const world: SandboxTestWorld = {
    now: Date.parse('2026-03-01T12:00:00Z'),
    tokens,
    async ask(method, where, headers = {}, body) {
      const sent = typeof body === 'string' ? body : JSON.stringify(body);
      const answer = await fetch(sandbox.origin + where, {
        method,
        headers,
        ...(body === undefined ? {} : { body: sent }),
      });
      return { status: answer.status, body: (await answer.json()) as Answered['body'] };
    },
    manage(method, where, body, environment = 'test') {
      return world.ask(method, where, { authorization: `Bearer ${tokens[environment]}` }, body);
    },
    async restart() {
      await sandbox.stop();
      await start();
    },
    stateFile: () => readFile(stateFile, 'utf8'),
    async end() {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  await start();
  tokens.test = await issue('test');
  tokens.live = await issue('live');
  return world;
}
