import { describe, expect, it } from 'vitest';
import { bindDoor, type DoorContents } from '../../../main/desktop/electron/bind-door.ts';
import { type Frame, pageUrl } from '../../../main/desktop/electron/page-address.ts';
import { RefusedError } from '../../../main/ipc/refused.ts';
import type { FeedMessage } from '../../../shared/ipc/wire.ts';
import { ok } from '../../../shared/result.ts';

type Listener = Parameters<DoorContents['ipc']['handle']>[1];

/** A window as Electron shows it, with a door that counts what gets through. */
function world() {
  const calls: unknown[] = [];
  const sent: FeedMessage[] = [];
  const listeners = new Set<(message: FeedMessage) => void>();
  let handler: Listener = () => Promise.reject(new Error('nobody listens'));
  let gone = () => {};
  const window = { url: pageUrl, destroyed: false };
  bindDoor(
    {
      ipc: {
        handle: (channel, listener) => {
          expect(channel).toBe('keyturn:call');
          handler = listener;
        },
      },
      get mainFrame() {
        return { url: window.url, parent: null };
      },
      isDestroyed: () => window.destroyed,
      send: (_, message) => sent.push(message),
      once: (_, listener) => {
        gone = listener;
      },
    },
    {
      call: async (method, input) => {
        calls.push([method, input]);
        return ok('answer');
      },
    },
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  );
  return {
    calls,
    sent,
    window,
    listeners,
    from: (senderFrame: Frame | null, message: unknown) => handler({ senderFrame }, message),
    announce: (state: unknown) => {
      for (const listener of listeners) listener({ feed: 'keys.changed', state });
    },
    close: () => gone(),
  };
}

const page: Frame = { url: pageUrl, parent: null };
const message = { method: 'keys.list', input: {} };

describe('the door of a window', () => {
  it('answers our page', async () => {
    const { from, calls } = world();
    expect(await from(page, message)).toEqual(ok('answer'));
    expect(calls).toEqual([['keys.list', {}]]);
  });

  it.each<[string, Frame | null]>([
    ['a page elsewhere', { url: 'https://evil.example/', parent: null }],
    ['another host of our scheme', { url: 'keyturn://evil/', parent: null }],
    ['a frame in our page', { url: pageUrl, parent: page }],
    ['a foreign frame in our page', { url: 'https://evil.example/', parent: page }],
    ['a frame that is gone', null],
  ])('refuses %s by rejecting, and nothing gets through', async (_, frame) => {
    const { from, calls } = world();
    await expect(from(frame, message)).rejects.toBeInstanceOf(RefusedError);
    expect(calls).toEqual([]);
  });

  it.each([[undefined], [null], ['keys.list'], [{}], [{ method: 7, input: {} }], [[]]])(
    'refuses %j, which is not a call',
    async (wrong) => {
      const { from, calls } = world();
      await expect(from(page, wrong)).rejects.toBeInstanceOf(RefusedError);
      expect(calls).toEqual([]);
    },
  );

  it('sends feeds to our page only, and none after the window has gone', () => {
    const { announce, sent, window, close, listeners } = world();
    announce(1);
    window.url = 'https://evil.example/';
    announce(2);
    window.url = pageUrl;
    window.destroyed = true;
    announce(3);
    close();
    expect(sent.map(({ state }) => state)).toEqual([1]);
    expect(listeners.size).toBe(0);
  });
});
