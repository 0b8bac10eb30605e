import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createAnnouncer } from '../../../main/ipc/announce.ts';
import { call, feed } from '../../../shared/ipc/define.ts';
import type { FeedMessage } from '../../../shared/ipc/wire.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';

const contract = {
  'keys.changed': feed(z.object({ name: z.string() })),
  'keys.list': call(z.object({}), z.object({})),
} as const;

function world() {
  const log = createMemoryLog();
  const announcer = createAnnouncer(contract, log);
  const heard: FeedMessage[] = [];
  const stop = announcer.subscribe((message) => heard.push(message));
  return { log, announcer, heard, stop };
}

describe('announcements', () => {
  it('reach everyone who subscribed, until they unsubscribe', () => {
    const { announcer, heard, stop } = world();
    const other: FeedMessage[] = [];
    announcer.subscribe((message) => other.push(message));
    announcer.announce('keys.changed', { name: 'mail' });
    stop();
    announcer.announce('keys.changed', { name: 'pay' });
    expect(heard).toEqual([{ feed: 'keys.changed', state: { name: 'mail' } }]);
    expect(other).toHaveLength(2);
  });

  it('keep fields inside that the feed does not name', () => {
    const { announcer, heard } = world();
    const stray = { name: 'mail', value: 'sk_live_4f9aXq81LmZ0tRv7' };
    announcer.announce('keys.changed', stray);
    expect(heard).toEqual([{ feed: 'keys.changed', state: { name: 'mail' } }]);
  });

  it('drop a state that does not fit, and say so in the log', () => {
    const { announcer, heard, log } = world();
    announcer.announce('keys.changed', { name: 7 } as never);
    announcer.announce('keys.list' as never, {} as never);
    announcer.announce('constructor' as never, {} as never);
    expect(heard).toEqual([]);
    expect(log.failures.map(({ where }) => where)).toEqual([
      'feed keys.changed',
      'feed keys.list',
      'feed constructor',
    ]);
  });

  it('reach the others when one listener fails', () => {
    const log = createMemoryLog();
    const announcer = createAnnouncer(contract, log);
    announcer.subscribe(() => {
      throw new Error('window is gone');
    });
    const heard: FeedMessage[] = [];
    announcer.subscribe((message) => heard.push(message));
    announcer.announce('keys.changed', { name: 'mail' });
    expect(heard).toHaveLength(1);
    expect(log.failures).toMatchObject([{ cause: { message: 'window is gone' } }]);
  });

  it('go to the same function twice when it subscribed twice, and once after one of them stopped', () => {
    const { announcer } = world();
    let times = 0;
    const listener = () => {
      times += 1;
    };
    const stop = announcer.subscribe(listener);
    announcer.subscribe(listener);
    announcer.announce('keys.changed', { name: 'mail' });
    stop();
    announcer.announce('keys.changed', { name: 'mail' });
    expect(times).toBe(3);
  });
});
