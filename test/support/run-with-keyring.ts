import { spawn } from 'node:child_process';
import { startKeyring } from './keyring.ts';

/*
 * Runs a command in a session with a real, unlocked keyring of its own, and ends with the command's exit code:
 *
 *   node test/support/run-with-keyring.ts [--locked] <command> [arguments…]
 *
 * The command has the environment of this process, with the session's home and bus in place of the machine's.
 */

const [option, ...rest] = process.argv.slice(2);
const locked = option === '--locked';
const [program, ...args] = locked || option === undefined ? rest : [option, ...rest];
if (program === undefined) {
  process.stderr.write(
    'Say what to run: node test/support/run-with-keyring.ts [--locked] <command> [arguments…]\n',
  );
  process.exit(2);
}

const keyring = await startKeyring({ unlock: true });
if (locked) await keyring.lock();
try {
  process.exitCode = await new Promise<number>((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...keyring.env }, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
} finally {
  await keyring.stop();
}
