/** The line by which a hook is known for ours. */
export const hookMark = '# Keyturn looks for keys of the vault in what is staged.';

/** How the app is started to check what is staged: a program, by its full path, and what it is given. */
export interface CheckCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** What has to be there besides the program for the check to run. */
  readonly needs: readonly string[];
}

/** What the check ends with where a value is staged. Any other end is one that says nothing about what is staged. */
export const foundExitCode = 20;

/**
 * The text of the hook: POSIX sh, which Git brings with it on Windows too. Only a value that was found stops the commit;
 * where Keyturn is not there any more, or cannot look, it says so and lets the commit through.
 */
export function hookText(command: CheckCommand): string {
  const needed = [command.program, ...command.needs].map((file) => `[ -e ${quoteForShell(file)} ]`);
  return `#!/bin/sh
${hookMark}
# Remove it in Keyturn, or delete this file.
if ${needed.join(' && ')}; then
  ${commandLine(command)}
  ended=$?
  if [ "$ended" -eq ${foundExitCode} ]; then exit 1; fi
  if [ "$ended" -eq 0 ]; then exit 0; fi
  echo "Keyturn did not check what is staged: it ended with the code $ended." >&2
else
  echo "Keyturn did not check what is staged: it is not where it was when this hook was installed." >&2
fi
exit 0
`;
}

/** The line that does the same within a hook of somebody else's. */
export function lineToAdd(command: CheckCommand): string {
  return `${commandLine(command)}; [ $? -ne ${foundExitCode} ] || exit 1`;
}

function commandLine({ program, args }: CheckCommand): string {
  return [program, ...args].map(quoteForShell).join(' ');
}

/** Within single quotes sh takes every character as it is but the quote itself. */
export function quoteForShell(word: string): string {
  return /^[A-Za-z0-9_./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
