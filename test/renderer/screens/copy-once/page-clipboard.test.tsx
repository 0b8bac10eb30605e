import { describe, expect, it } from 'vitest';
import { copyFromPage, type PageClipboard } from '../../../../renderer/screens/copy-once/page-clipboard.ts';

/** A browser whose clipboard and clock the test holds. */
function world(mayRead = true) {
  let held = '';
  const timers: { ms: number; action: () => void }[] = [];
  const browser: PageClipboard = {
    clipboard: {
      readText: async () => held,
      writeText: async (text) => {
        held = text;
      },
    },
    digest: async (text) => `digest of ${text.length} characters, ${[...text].reverse().join('')}`,
    mayRead: async () => mayRead,
    after: (ms, action) => void timers.push({ ms, action }),
  };
  return { browser, timers, held: () => held, copy: (text: string) => browser.clipboard.writeText(text) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the clipboard of the page', () => {
  it('is cleared after the time, if the key is still on it', async () => {
    const { browser, timers, held } = world();
    expect(await copyFromPage(browser, 'secret', 45)).toEqual({ clears: true });
    expect(held()).toBe('secret');
    expect(timers.map(({ ms }) => ms)).toEqual([45_000]);
    timers[0]?.action();
    await settled();
    expect(held()).toBe('');
  });

  it('keeps what somebody else put on it meanwhile', async () => {
    const { browser, timers, held, copy } = world();
    await copyFromPage(browser, 'secret', 45);
    await copy('a shopping list');
    timers[0]?.action();
    await settled();
    expect(held()).toBe('a shopping list');
  });

  it('is cleared of the second of two copies, whose key is another', async () => {
    const { browser, timers, held } = world();
    await copyFromPage(browser, 'first', 45);
    await copyFromPage(browser, 'second', 45);
    timers[0]?.action();
    await settled();
    expect(held()).toBe('second');
    timers[1]?.action();
    await settled();
    expect(held()).toBe('');
  });

  it('says that it will not be cleared where the browser does not let the page look', async () => {
    const { browser, timers } = world(false);
    expect(await copyFromPage(browser, 'secret', 45)).toEqual({ clears: false });
    expect(timers).toEqual([]);
  });
});
