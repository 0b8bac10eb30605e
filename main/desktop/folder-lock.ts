import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** Holds a data folder for this process. */
export interface FolderLock {
  release(): Promise<void>;
}

const holderSchema = z.object({
  pid: z.number().int(),
  host: z.enum(['electron', 'browser']),
  /** Where its page is, without the token that lets anyone in: any user of the machine may ask. */
  address: z.string().nullable(),
});

/** Who has a data folder, as that process tells it. */
export type Holder = z.infer<typeof holderSchema>;

/** What came of asking for a folder. `taken`: `by` is null where its holder does not say who it is. */
export type LockOutcome =
  | { readonly state: 'held'; readonly lock: FolderLock }
  | { readonly state: 'taken'; readonly by: Holder | null }
  | { readonly state: 'unwritable'; readonly reason: string };

/** What this process tells others, and does when another one was started with the same folder. */
export interface LockOptions {
  readonly holder: () => Holder;
  readonly asked?: () => void;
  /** The socket that stands for the folder; the usual one where it is not given. */
  readonly address?: (folder: string) => string;
}

/**
 * Takes the data folder for this process, so that no two hosts write the same vault. The operating system lets go of
 * the lock when the process ends, however it ends. Creates the folder, for its owner only, where it is missing. One in
 * another container is not seen.
 */
export async function lockFolder(folder: string, options: LockOptions): Promise<LockOutcome> {
  try {
    // Node tells a folder that cannot be made on a read-only disk as one that is missing.
    accessSync(nearestThere(folder), constants.W_OK);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return { state: 'unwritable', reason: whyUnwritable(error) };
  }
  const address = (options.address ?? addressOf)(realpathSync(folder));
  const server = (await listen(address, options)) ?? (await replaceDead(address, options));
  if (server === null) return { state: 'taken', by: await askHolder(address) };
  server.unref();
  return {
    state: 'held',
    lock: { release: () => new Promise((resolve) => server.close(() => resolve())) },
  };
}

/** One line for a person whose folder is taken. */
export function takenWords(folder: string, by: Holder | null): string {
  const start = `Keyturn is already running with the data folder ${folder}`;
  if (by === null) return `${start}.`;
  if (by.address === null) return `${start} (process ${by.pid}).`;
  return `${start} (process ${by.pid}): ${by.address}`;
}

/** One line for a person whose folder cannot be written to. */
export function unwritableWords(folder: string, reason: string): string {
  return `Keyturn cannot write to the data folder ${folder}: ${reason}.`;
}

/** The folder, or the nearest one above it that there is. */
function nearestThere(folder: string): string {
  const above = dirname(folder);
  return existsSync(folder) || above === folder ? folder : nearestThere(above);
}

function whyUnwritable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EROFS') return 'it is on a read-only disk';
  if (code === 'EACCES' || code === 'EPERM') return 'it belongs to somebody else, or is marked read-only';
  if (code === 'ENOSPC') return 'the disk is full';
  if (code === 'EEXIST' || code === 'ENOTDIR') return 'it is a file';
  return error instanceof Error ? error.message : String(error);
}

/**
 * A local socket named after the folder: abstract on Linux and a pipe on Windows, where it ends with the process;
 * a file in the user's own temporary folder elsewhere, where a dead one has to be removed.
 */
function addressOf(folder: string): string {
  const name = `keyturn-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.sock`);
}

/** A guard that a process left behind when it was killed while it replaced a dead socket is this old at least. */
const guardAgeMs = 5_000;

/**
 * Removes the socket of a process that is gone, and takes its place. Only one process does that at a time, because
 * between looking and removing another one may have taken the place already.
 */
async function replaceDead(address: string, options: LockOptions): Promise<Server | null> {
  if (address.startsWith('\0') || address.startsWith('\\\\.\\pipe')) return null;
  const guard = `${address}.guard`;
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (await answers(address)) return null;
    if (!takeGuard(guard)) {
      await wait(20);
      continue;
    }
    try {
      if (await answers(address)) return null;
      rmSync(address, { force: true });
      return await listen(address, options);
    } finally {
      rmdirSync(guard);
    }
  }
  return null;
}

function takeGuard(guard: string): boolean {
  try {
    mkdirSync(guard);
    return true;
  } catch {
    const made = statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > guardAgeMs) rmSync(guard, { recursive: true, force: true });
    return false;
  }
}

function listen(address: string, { holder, asked }: LockOptions): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy());
      socket.end(`${JSON.stringify(holder())}\n`);
      asked?.();
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(address, () => resolve(server));
  });
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Asks whoever has the folder who it is, which shows its window too; null where it does not say in a second. */
async function askHolder(address: string): Promise<Holder | null> {
  const text = await new Promise<string>((resolve) => {
    const socket = connect(address);
    let said = '';
    const end = () => {
      socket.destroy();
      resolve(said);
    };
    socket.setTimeout(1_000, end);
    socket.setEncoding('utf8').on('data', (part: string) => {
      said += part;
      if (said.length > 2_000) end();
    });
    socket.once('end', end).once('error', end);
  });
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
