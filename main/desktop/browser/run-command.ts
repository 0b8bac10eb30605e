import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Command } from './clipboard-tools.ts';

/** What came of a program: what it printed, that it said no (another exit code than 0), or nothing of either. */
export type CommandOutcome =
  | { readonly ended: 'well'; readonly output: Buffer }
  | { readonly ended: 'refused' }
  | { readonly ended: 'unanswered' };

const largestOutputBytes = 1_048_576;

/**
 * Runs a program without a shell. It is done when it exits: programs that hold a clipboard leave a child behind that
 * keeps every inherited stream open, so a writing program gets no output to hold. Output beyond 1 MiB is dropped.
 */
export function runCommand(command: Command, timeoutMs: number): Promise<CommandOutcome> {
  return new Promise((resolve) => {
    const writes = command.input !== undefined;
    const child = spawn(command.file, command.args, {
      stdio: [writes ? 'pipe' : 'ignore', writes ? 'ignore' : 'pipe', 'ignore'],
      env: { ...process.env, ...command.env },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let length = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= largestOutputBytes) chunks.push(chunk);
    });
    child.once('error', () => resolve({ ended: 'unanswered' }));
    child.once(writes ? 'exit' : 'close', (code: number | null) => {
      if (code === null) resolve({ ended: 'unanswered' });
      else resolve(code === 0 ? { ended: 'well', output: Buffer.concat(chunks) } : { ended: 'refused' });
    });
    // A program that ends before it has read everything is told by its exit code.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(command.input);
  });
}

/** Whether a program of that name stands on the search path. */
export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && isRunnable(join(folder, program)));
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
