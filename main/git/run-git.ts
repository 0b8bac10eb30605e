import { spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { fail, ok, type Result } from '../../shared/result.ts';
import { findGit } from './find-git.ts';
import { gitNotInstalled } from './git.ts';

/** Why Git gave no answer: what kind of reason it is, and the reason in words. No secret is in them. */
export interface GitFault {
  readonly kind:
    | 'not-installed'
    | 'no-repository'
    | 'no-work-tree'
    | 'foreign-owner'
    | 'timed-out'
    | 'cancelled'
    | 'too-big'
    | 'failed';
  readonly reason: string;
}

export interface SpawnGitOptions {
  readonly signal?: AbortSignal | undefined;
  /** Exit codes that are answers. */
  readonly exitCodes?: readonly number[] | undefined;
  /** Changes to the environment that Git gets. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export interface RunGitOptions extends SpawnGitOptions {
  readonly input?: string | Uint8Array | undefined;
  readonly timeoutMs?: number | undefined;
  /** Git is stopped when it answers more. */
  readonly maxBytes?: number | undefined;
}

export interface GitAnswer {
  readonly stdout: Buffer;
  readonly exitCode: number;
}

export type RunGit = (
  folder: string,
  args: readonly string[],
  options?: RunGitOptions,
) => Promise<Result<GitAnswer, GitFault>>;

/** A Git that is running. */
export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Fulfilled when Git has ended and all of `stdout` was read, or `stop` was called; never rejected. */
  readonly ended: Promise<Result<{ exitCode: number }, GitFault>>;
  /** Ends Git; `ended` then tells `fault`. */
  stop(fault: GitFault): void;
}

/**
 * What makes Git an asker that runs nothing: no program that the repository's configuration names, no pager and no
 * prompt, no connection to anywhere (a partial clone is not completed), and no lock or refreshed index left behind.
 */
const hardening = [
  '--no-pager',
  '--no-optional-locks',
  '--no-replace-objects',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.untrackedCache=false', 'diff.external='],
  ...['protocol.allow=never', 'log.showSignature=false', 'color.ui=false', 'core.quotePath=false'],
].flatMap((part) => (part.startsWith('--') ? [part] : ['-c', part]));

/** Git's answers to these are read as text, so they must not be translated. */
const fixedEnv = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  // A folder that is mounted inside a work tree belongs to it.
  GIT_DISCOVERY_ACROSS_FILESYSTEM: '1',
};

const defaultTimeoutMs = 10_000;
const defaultMaxBytes = 16 * 1024 * 1024;
const keptErrorBytes = 8192;

/**
 * Starts Git in a folder, for plumbing commands whose answer is long: it is streamed, and nothing limits its time but the
 * signal. Whoever reads `stdout` slowly slows Git down. Pathspecs are taken literally.
 */
export function spawnGit(folder: string, args: readonly string[], options: SpawnGitOptions = {}): GitProcess {
  const program = findGit();
  if (program === null) return absentGit();
  const child = spawn(program, ['-C', folder, ...hardening, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...withoutGitVariables(process.env), ...fixedEnv, ...options.env },
    windowsHide: true,
  });
  let stopped: GitFault | null = null;
  let told = '';
  const stop = (fault: GitFault) => {
    stopped ??= fault;
    child.kill('SIGKILL');
    child.stdout.destroy();
  };
  const cancel = () => stop({ kind: 'cancelled', reason: 'It was cancelled' });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    told = (told + chunk).slice(0, keptErrorBytes);
  });
  // A Git that ends before it has read everything is told by its exit code.
  child.stdin.on('error', () => undefined);
  const ended = new Promise<Result<{ exitCode: number }, GitFault>>((resolve) => {
    child.once('error', () =>
      resolve(fail(stopped ?? { kind: 'failed', reason: 'Git could not be started' })),
    );
    child.once('close', (exitCode: number | null) => {
      options.signal?.removeEventListener('abort', cancel);
      if (stopped !== null) return resolve(fail(stopped));
      if (exitCode !== null && (options.exitCodes ?? [0]).includes(exitCode))
        return resolve(ok({ exitCode }));
      resolve(fail(faultIn(told)));
    });
  });
  if (options.signal?.aborted === true) cancel();
  else options.signal?.addEventListener('abort', cancel, { once: true });
  return { stdin: child.stdin, stdout: child.stdout, ended, stop };
}

/** Runs Git in a folder and answers all that it printed. Never throws and never waits longer than `timeoutMs` (10 s). */
export const runGit: RunGit = async (folder, args, options = {}) => {
  const git = spawnGit(folder, args, options);
  const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = options;
  const timer = setTimeout(
    () => git.stop({ kind: 'timed-out', reason: `Git gave no answer within ${timeoutMs / 1000} seconds` }),
    timeoutMs,
  );
  const chunks: Buffer[] = [];
  let length = 0;
  git.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxBytes) git.stop({ kind: 'too-big', reason: 'Git answered more than could be read' });
    else chunks.push(chunk);
  });
  git.stdin.end(options.input ?? '');
  const ended = await git.ended;
  clearTimeout(timer);
  return ended.ok ? ok({ stdout: Buffer.concat(chunks), exitCode: ended.value.exitCode }) : ended;
};

const absent: GitFault = { kind: 'not-installed', reason: gitNotInstalled };

function absentGit(): GitProcess {
  const stdout = new PassThrough();
  stdout.end();
  const stdin = new PassThrough();
  stdin.resume();
  return { stdin, stdout, ended: Promise.resolve(fail(absent)), stop: () => undefined };
}

/** The caller may itself have been started by Git, with variables that point at another repository. */
function withoutGitVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith('GIT_')));
}

function faultIn(told: string): GitFault {
  if (/dubious ownership|unsafe repository/.test(told))
    return {
      kind: 'foreign-owner',
      reason: 'The repository belongs to another user, and Git does not open it (safe.directory)',
    };
  const [line = ''] = told.split('\n').filter((one) => /^(fatal|error):/.test(one));
  const reason = plain(line.replace(/^(fatal|error):\s*/, ''));
  if (/^not a git repository/i.test(reason)) return { kind: 'no-repository', reason };
  if (/must be run in a work tree/.test(reason)) return { kind: 'no-work-tree', reason };
  return { kind: 'failed', reason: reason === '' ? 'Git failed without a word' : `Git says: ${reason}` };
}

/** One line that can be shown, whatever file names are in it. */
const plain = (text: string) =>
  text
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 300);
