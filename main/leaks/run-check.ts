import type { KeychainWorkerLauncher } from '../secrets/keychain-protocol.ts';
import { checkStaged } from './check-staged.ts';
import { foundExitCode } from './hook-text.ts';
import { openToRead } from './open-to-read.ts';

/**
 * Checks what is staged, as the hook asks for it, and says on the error stream what was found, or why nothing was checked.
 * Answers the exit code: `foundExitCode` where a value was found, otherwise 0, so that whatever keeps Keyturn from looking
 * keeps nobody from committing. Prints names and places, and no value.
 */
export async function runCheck(options: {
  readonly dataFolder: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly launchKeychainWorker: KeychainWorkerLauncher;
  readonly say: (line: string) => void;
}): Promise<number> {
  const { dataFolder, folder, env, launchKeychainWorker, say } = options;
  const checked = await checkStaged(() => openToRead(dataFolder, launchKeychainWorker), folder, env).catch(
    // What it was may have a value in it.
    () => ({ ok: false, error: 'something unexpected went wrong' }) as const,
  );
  if (!checked.ok) {
    say(`Keyturn did not check what is staged: ${checked.error}.`);
    return 0;
  }
  const { leaks, unsearched } = checked.value;
  for (const words of unsearched) say(`Keyturn did not look for everything: ${words}.`);
  for (const { file, line, name, field } of leaks)
    say(`${file}:${line}: the value of the key "${name}" (${field})`);
  if (leaks.length === 0) return 0;
  say(
    'Keyturn has stopped this commit: values of the vault are staged. Take them out, or commit with --no-verify.',
  );
  return foundExitCode;
}
