import type { KeychainWorkerLauncher } from '../secrets/keychain-protocol.ts';
import { checkStaged, type StagedLeak } from './check-staged.ts';
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
  say('Keyturn has stopped this commit: values of the vault are staged.');
  for (const line of whatToDo(leaks)) say(line);
  return foundExitCode;
}

function whatToDo(leaks: readonly StagedLeak[]): string[] {
  const unconfirmed = leaks.filter(({ isUnconfirmed }) => isUnconfirmed);
  const files = new Map(unconfirmed.map((leak) => [`${leak.name} ${leak.file}`, leak]));
  const atTarget = [...files.values()].map(
    ({ file, name }) =>
      `${file} is a file of the live key "${name}". Take it out of Git (git rm --cached) and have it ignored. If it is to be in the history, choose "Confirm by name" at the file on the key's page in Keyturn.`,
  );
  if (unconfirmed.length === leaks.length) return atTarget;
  const others = unconfirmed.length === 0 ? 'values' : 'other values';
  return [...atTarget, `Take the ${others} out of what is staged, or commit with --no-verify.`];
}
