import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClipboardTool } from '../../../main/desktop/browser/clipboard-tools.ts';
import { isOnPath, runCommand } from '../../../main/desktop/browser/run-command.ts';
import { createToolClipboard } from '../../../main/desktop/browser/tool-clipboard.ts';
import { Secret } from '../../../main/secrets/secret.ts';

let folder: string;
let board: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-clipboard-'));
  board = join(folder, 'board');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A clipboard in a file, by real programs that behave like the known ones. */
function tool(scripts: { copy?: string; paste?: string; clear?: string } = {}): ClipboardTool {
  const copy = program('copy', scripts.copy ?? `cat > ${board}`);
  // The known ones leave a process behind that holds the clipboard and every stream it was given.
  const clear = program('clear', scripts.clear ?? `rm -f ${board}`);
  const paste = program('paste', scripts.paste ?? `cat ${board} 2>/dev/null`);
  return {
    concealed: false,
    write: (text) => ({ file: copy, args: [], input: Buffer.from(text) }),
    read: { file: paste, args: [] },
    clear: { file: clear, args: [] },
    textOf: (output) => output.toString('utf8'),
  };
}

const mine = new Secret('sk_live_päss🔑\nline');
const earlier = new Secret('sk_live_earlier');
const limited =
  (timeoutMs: number): typeof runCommand =>
  (command) =>
    runCommand(command, timeoutMs);

describe('the clipboard by a program', () => {
  it('gets exactly the value', async () => {
    expect(await createToolClipboard(tool(), runCommand).write(mine)).toEqual({
      ok: true,
      value: { by: 'main', concealed: false },
    });
    expect(readFileSync(board, 'utf8')).toBe(mine.reveal());
  });

  it('does not wait for the process that holds the clipboard', async () => {
    // Longer than a test may take.
    const copy = `cat > ${board}; sleep 90 &`;
    expect(await createToolClipboard(tool({ copy }), runCommand).write(mine)).toMatchObject({ ok: true });
  });

  it('is cleared when it holds ours, also what was copied before', async () => {
    for (const secret of [mine, earlier]) {
      writeFileSync(board, secret.reveal());
      expect(await createToolClipboard(tool(), runCommand).clear([mine, earlier])).toBe(true);
      expect(existsSync(board)).toBe(false);
    }
  });

  it('is left alone when it holds something of the user, or nothing', async () => {
    writeFileSync(board, 'shopping list');
    const clipboard = createToolClipboard(tool(), runCommand);
    expect(await clipboard.clear([mine])).toBe(true);
    expect(readFileSync(board, 'utf8')).toBe('shopping list');
    rmSync(board);
    expect(await clipboard.clear([mine])).toBe(true);
  });

  it('is not called clear when clearing did not work', async () => {
    writeFileSync(board, mine.reveal());
    expect(await createToolClipboard(tool({ clear: 'exit 1' }), runCommand).clear([mine])).toBe(false);
  });

  it('is not called clear when it does not answer', async () => {
    writeFileSync(board, mine.reveal());
    expect(await createToolClipboard(tool({ paste: 'exec sleep 20' }), limited(200)).clear([mine])).toBe(
      false,
    );
  });

  it.each([
    ['refuses', 'exit 1'],
    ['does not answer', 'exec sleep 20'],
  ])('is a failure in words when the program %s', async (_, copy) => {
    const outcome = await createToolClipboard(tool({ copy }), limited(200)).write(mine);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'clipboard-failed' } });
  });

  it('is left to the page where there is no program', async () => {
    const clipboard = createToolClipboard(null, runCommand);
    expect(await clipboard.write(mine)).toEqual({ ok: true, value: { by: 'page' } });
    expect(await clipboard.clear([mine])).toBe(false);
    expect(await clipboard.clear([])).toBe(true);
  });
});

describe('a program', () => {
  it('that does not exist is not waited for', async () => {
    expect(await runCommand({ file: join(folder, 'none'), args: [] }, 1_000)).toEqual({
      ended: 'unanswered',
    });
  });

  it('is found on the search path only when it can be run', () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    program('keyturn-tool', 'exit 0');
    writeFileSync(join(folder, 'keyturn-text'), '');
    expect([isOnPath('keyturn-tool'), isOnPath('keyturn-text'), isOnPath('keyturn-none')]).toEqual([
      true,
      false,
      false,
    ]);
    process.env.PATH = path;
  });
});
