import { describe, expect, it } from 'vitest';
import { concealmentMarks, systemFormat } from '../../../main/desktop/electron/clipboard-marks.ts';
import {
  createConcealingClipboard,
  type SystemClipboard,
} from '../../../main/desktop/electron/concealing-clipboard.ts';
import { Secret } from '../../../main/secrets/secret.ts';

/** A clipboard in memory that keeps only the formats this system knows. */
function createBoard(
  options: { readonly keeps?: (format: string) => boolean; readonly deaf?: boolean } = {},
) {
  const writes: Readonly<Record<string, string | Blob>>[] = [];
  let held: Readonly<Record<string, string | Blob>> = {};
  let clears = true;
  const board: SystemClipboard = {
    async write(formats) {
      if (options.deaf) throw new Error('Clipboard busy');
      writes.push(formats);
      held = Object.fromEntries(Object.entries(formats).filter(([name]) => options.keeps?.(name) ?? true));
    },
    async readText() {
      if (options.deaf) throw new Error('Not in front');
      return String(held['text/plain'] ?? '');
    },
    has: async (format) => Object.hasOwn(held, format),
    clear() {
      if (clears) held = {};
    },
  };
  return {
    board,
    writes,
    text: () => held['text/plain'],
    put: (text: string) => {
      held = { 'text/plain': text };
    },
    neverClears: () => {
      clears = false;
    },
  };
}

const mine = new Secret('sk_live_4f9aXq81LmZ0tRv7');
const earlier = new Secret('sk_live_earlier');

describe('copying a secret', () => {
  it.each<[NodeJS.Platform, string[]]>([
    [
      'win32',
      [
        'ExcludeClipboardContentFromMonitorProcessing',
        'CanIncludeInClipboardHistory',
        'CanUploadToCloudClipboard',
      ],
    ],
    ['darwin', ['org.nspasteboard.ConcealedType']],
    ['linux', ['x-kde-passwordManagerHint']],
  ])('puts the marks of %s in the same write as the text', async (platform, names) => {
    const { board, writes } = createBoard();
    const outcome = await createConcealingClipboard(platform, board, undefined).write(mine);
    expect(outcome).toEqual({ ok: true, value: { by: 'main', concealed: true } });
    expect(writes).toHaveLength(1);
    expect(Object.keys(writes[0] ?? {})).toEqual(['text/plain', ...names.map(systemFormat)]);
    expect(writes[0]?.['text/plain']).toBe(mine.reveal());
  });

  it('writes the number 0 where Windows asks for one, not an empty value', async () => {
    const marks = concealmentMarks('win32');
    for (const name of ['CanIncludeInClipboardHistory', 'CanUploadToCloudClipboard']) {
      const bytes = await (marks[systemFormat(name)] as Blob).bytes();
      expect([...bytes]).toEqual([0, 0, 0, 0]);
    }
  });

  it('says so when the system did not keep the marks', async () => {
    const { board } = createBoard({ keeps: (format) => format === 'text/plain' });
    expect(await createConcealingClipboard('linux', board, undefined).write(mine)).toEqual({
      ok: true,
      value: { by: 'main', concealed: false },
    });
  });

  it('says so when the system takes nothing, without the value', async () => {
    const { board } = createBoard({ deaf: true });
    const outcome = await createConcealingClipboard('linux', board, undefined).write(mine);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'clipboard-failed' } });
    expect(JSON.stringify(outcome)).not.toContain(mine.reveal());
  });
});

describe('clearing a secret', () => {
  it('clears what is ours, also what was copied before', async () => {
    for (const secret of [mine, earlier]) {
      const { board, put, text } = createBoard();
      put(secret.reveal());
      expect(await createConcealingClipboard('linux', board, undefined).clear([mine, earlier])).toBe(true);
      expect(text()).toBeUndefined();
    }
  });

  it.each(['shopping list', '', `${mine.reveal()} `])('leaves %j of the user alone', async (own) => {
    const { board, put, text } = createBoard();
    put(own);
    expect(await createConcealingClipboard('linux', board, undefined).clear([mine])).toBe(true);
    expect(text()).toBe(own);
  });

  it('compares the selection on its own', async () => {
    const main = createBoard();
    const selection = createBoard();
    main.put('shopping list');
    selection.put(mine.reveal());
    expect(await createConcealingClipboard('linux', main.board, selection.board).clear([mine])).toBe(true);
    expect(main.text()).toBe('shopping list');
    expect(selection.text()).toBeUndefined();
  });

  it('tells the truth when the system gives it back', async () => {
    const { board, put, neverClears } = createBoard();
    put(mine.reveal());
    neverClears();
    expect(await createConcealingClipboard('linux', board, undefined).clear([mine])).toBe(false);
  });

  it('does not call clear what it could not read', async () => {
    const { board } = createBoard({ deaf: true });
    expect(await createConcealingClipboard('linux', board, undefined).clear([mine])).toBe(false);
  });
});
