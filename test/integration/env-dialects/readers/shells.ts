import { type Answer, fromEnvironment, output, type Sought, versionIn, versionOf } from './real-reader.ts';

/** Each file in a shell of its own; what closes its variables is no variable. */
const SCRIPT = `for file; do ( set -a; . "$file"; exec env -0 ); printf '\\001end\\000'; done`;

function shell(command: string): Sought {
  return {
    title: command,
    find: () => {
      if (versionOf(command, ['-c', 'true']) === undefined) return undefined;
      return {
        title: `${command} ${versionIn(versionOf(command) ?? '')}`.trim(),
        name: 'shells',
        dialects: ['shell'],
        read: async (files) => split(await output(command, ['-c', SCRIPT, command, ...files]), files.length),
      };
    },
  };
}

function split(printed: string, count: number): Answer[] {
  const parts = printed.split('\u0001end\0').slice(0, -1);
  if (parts.length !== count) throw new Error(`${parts.length} answers for ${count} files`);
  return parts.map((part) => (part === '' ? { error: 'gave up' } : { values: fromEnvironment(part) }));
}

export const shellReaders: readonly Sought[] = ['bash', 'dash', 'zsh'].map(shell);
