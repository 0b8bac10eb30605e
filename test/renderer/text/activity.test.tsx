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

  it.each([
    ['period-changed', '30', 'every 30 days'],
    ['period-changed', 'never', 'never'],
    ['period-changed', 'usual', 'as usual again'],
    ['key-planned', '2026-02-10', 'for 10 Feb 2026'],
    ['key-planned', '2026-02-10/2026-03-03', 'between 10 Feb 2026 and 3 Mar 2026'],
    ['key-snoozed', '2026-02-10', 'until 10 Feb 2026'],
    ['target-followed', '/a/2026-02-10/.env', '/a/2026-02-10/.env'],
  ] as const)('of %s with %s says “%s”', (event, detail, said) => {
    expect(activityWords(entry({ event, detail })).detail).toBe(said);
  });

  it('about many keys says how many', () => {
    const many = entry({ event: 'period-changed', subject: '', keys: 12, detail: '30' });
    expect(activityWords(many)).toMatchObject({ action: 'Period changed', subject: '12 keys' });
    expect(activityMatches(many, '12 keys')).toBe(true);
  });

  it('is found by its action, its subject and its detail, whatever the case', () => {
    const written = entry({ event: 'target-written', detail: '/srv/app/.env' });
    for (const text of ['', 'written', 'SHOP', '/srv/app']) expect(activityMatches(written, text)).toBe(true);
    expect(activityMatches(written, 'revoked')).toBe(false);
  });
});
