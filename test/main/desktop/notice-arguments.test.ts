import { describe, expect, it } from 'vitest';
import { canWaitForAnswer, noticeArguments } from '../../../main/desktop/browser/notice-arguments.ts';

const notice = {
  title: '--help me: 2 keys are due',
  body: 'shop <prod> & C:\\new',
  actions: [{ id: 'rotate', label: 'Rotate' }],
};

describe('the command line of a notice', () => {
  it('keeps a title that begins with dashes apart from the options', () => {
    const args = noticeArguments(notice, { waits: true, readsMarkup: false });
    expect(args).toEqual([
      '--app-name=Keyturn',
      '--action=default=Open',
      '--action=rotate=Rotate',
      '--',
      '--help me: 2 keys are due',
      'shop <prod> & C:\\\\new',
    ]);
  });

  it('asks for no answer where the program cannot wait for one', () => {
    const args = noticeArguments(notice, { waits: false, readsMarkup: false });
    expect(args.filter((arg) => arg.startsWith('--action'))).toEqual([]);
  });

  it('shows what looks like markup as it is written', () => {
    const args = noticeArguments(notice, { waits: false, readsMarkup: true });
    expect(args.at(-1)).toBe('shop &lt;prod&gt; &amp; C:\\\\new');
  });

  it.each([
    ['notify-send 0.7.9', false],
    ['notify-send 0.7.10', true],
    ['notify-send 0.7.12\n', true],
    ['notify-send 0.8.1', true],
    ['notify-send 0.10', true],
    ['notify-send 1.0.0', true],
    ['notify-send', false],
  ])('%s can wait for an answer: %s', (printed, can) => {
    expect(canWaitForAnswer(printed)).toBe(can);
  });
});
