import path from 'node:path';
import type { Failure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Secret } from '../secrets/secret.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

/** What a connection to the sandbox is made of. */
export interface SandboxConnection {
  readonly environment: Environment;
  readonly settings: { readonly url: string };
  readonly credential: { readonly token: Secret };
}

/** The app's own sandbox: not there until somebody wants it, and then at most once. */
export interface SandboxKeeper {
  /** Starts it where it does not run yet. */
  start(): Promise<Result<Sandbox, Failure<'storage-failed'>>>;
  /**
   * Starts it and makes a management token for its test environment; the token before it of the same holder stops
   * working.
   */
  connect(holder?: string): Promise<Result<SandboxConnection, Failure<'storage-failed'>>>;
  stop(): Promise<void>;
}

/** Builds the keeper of the sandbox whose state is in the folder. */
export function createSandboxKeeper(
  world: Pick<SandboxOptions, 'clock' | 'random'> & { readonly folder: string },
): SandboxKeeper {
  let sandbox: Promise<Result<Sandbox, Failure<'storage-failed'>>> | null = null;

  async function start(): Promise<Result<Sandbox, Failure<'storage-failed'>>> {
    sandbox ??= startSandbox({ ...world, stateFile: path.join(world.folder, 'sandbox.json') });
    const starting = sandbox;
    const started = await starting;
    // A start that failed, for a taken port, may succeed the next time; whoever began that has not failed.
    if (!started.ok && sandbox === starting) sandbox = null;
    return started;
  }

  return {
    start,
    async connect(holder) {
      const started = await start();
      if (!started.ok) return started;
      const token = await started.value.issueManagementToken('test', holder);
      if (!token.ok) return token;
      return ok({
        environment: 'test',
        settings: { url: started.value.origin },
        credential: { token: token.value },
      });
    },
    async stop() {
      const running = sandbox;
      sandbox = null;
      const started = await running;
      if (started?.ok) await started.value.stop();
    },
  };
}
