import { failure } from '../../../shared/domain/failure.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { SecretClipboard } from '../desktop.ts';
import type { ClipboardTool, Command } from './clipboard-tools.ts';
import type { CommandOutcome } from './run-command.ts';

const timeoutMs = 5_000;

/**
 * The clipboard by the desktop's own programs. With `tool` null main has no way to it: writing is left to the
 * page, and whether it was cleared is not known, which counts as not.
 */
export function createToolClipboard(
  tool: ClipboardTool | null,
  run: (command: Command, timeoutMs: number) => Promise<CommandOutcome>,
): SecretClipboard {
  if (tool === null) {
    return {
      write: async () => ok({ by: 'page' }),
      clear: async (values) => values.length === 0,
    };
  }

  /** Null: it did not answer. An empty clipboard, and one that holds no text, make the reading programs refuse. */
  async function read(program: ClipboardTool): Promise<string | null> {
    const outcome = await run(program.read, timeoutMs);
    if (outcome.ended === 'unanswered') return null;
    return outcome.ended === 'well' ? program.textOf(outcome.output) : '';
  }

  return {
    async write(value) {
      const command = tool.write(value.reveal());
      const { ended } = await run(command, timeoutMs);
      if (ended === 'well') return ok({ by: 'main', concealed: tool.concealed });
      return fail(failure('clipboard-failed', { reason: `${command.file}: ${ended}` }));
    },
    async clear(values) {
      const isOurs = (text: string) => values.some((value) => value.reveal() === text);
      const before = await read(tool);
      if (before !== null && !isOurs(before)) return true;
      if (before !== null) await run(tool.clear, timeoutMs);
      const after = await read(tool);
      return after !== null && !isOurs(after);
    },
  };
}
