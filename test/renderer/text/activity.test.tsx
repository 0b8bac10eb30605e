import { describe, expect, it } from 'vitest';
import { activityMatches, activityWords } from '../../../renderer/text/activity.ts';
import { type ActivityEntry, activityEventSchema } from '../../../shared/domain/activity.ts';

const entry = (facts: Partial<ActivityEntry>): ActivityEntry => ({
  at: 0,
  event: 'key-issued',
  keyId: null,
  connectionId: null,
  subject: 'Shop checkout',
  detail: '',
  ...facts,
});

describe('an entry of the record', () => {
  it.each(activityEventSchema.options)('%s has words of its own', (event) => {
    const { action } = activityWords(entry({ event }));
    expect(action).not.toContain(event);
    const others = activityEventSchema.options.filter((other) => other !== event);
    expect(others.map((other) => activityWords(entry({ event: other })).action)).not.toContain(action);
  });

  it('puts a code into words and leaves a file as it is', () => {
    expect(activityWords(entry({ event: 'work-blocked', detail: 'keychain-locked' })).detail).toBe(
      'keychain locked',
    );
    expect(activityWords(entry({ event: 'target-written', detail: '/a/b-c/.env' })).detail).toBe(
      '/a/b-c/.env',
    );
  });

  it('is found by its action, its subject and its detail, whatever the case', () => {
    const written = entry({ event: 'target-written', detail: '/srv/app/.env' });
    for (const text of ['', 'written', 'SHOP', '/srv/app']) expect(activityMatches(written, text)).toBe(true);
    expect(activityMatches(written, 'revoked')).toBe(false);
  });
});
