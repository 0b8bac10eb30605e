import { describe, expect, it } from 'vitest';
import { type Policies, periodOf } from '../../../shared/domain/period.ts';

const none: Policies = { key: {}, connection: {}, provider: undefined, defaultDays: 90 };

describe('the period of a key', () => {
  it.each<[string, Partial<Policies>, object]>([
    ['the app’s where nothing else is said', {}, { everyDays: 90, from: 'default', because: '' }],
    ['its provider’s before the app’s', { provider: { everyDays: 30 } }, { everyDays: 30, from: 'provider' }],
    [
      'its connection’s before its provider’s',
      { connection: { everyDays: 60 }, provider: { everyDays: 30 } },
      { everyDays: 60, from: 'connection' },
    ],
    [
      'its own before any other',
      { key: { everyDays: 7 }, connection: { everyDays: 60 }, provider: { everyDays: 30 } },
      { everyDays: 7, from: 'key' },
    ],
    [
      'never, with the reason, where its own policy says so',
      { key: { everyDays: null, because: 'Printed on paper' }, connection: { everyDays: 60 } },
      { everyDays: null, from: 'key', because: 'Printed on paper' },
    ],
    [
      'never, where its connection says so and it says nothing',
      { connection: { everyDays: null, because: 'Ends next week' }, provider: { everyDays: 30 } },
      { everyDays: null, from: 'connection', because: 'Ends next week' },
    ],
    [
      'of who says something, where a closer one has only a reason left over',
      { key: { because: 'Printed on paper' }, provider: { everyDays: 30 } },
      { everyDays: 30, from: 'provider', because: '' },
    ],
    ['that of a connection that is not known any more', { connection: undefined }, { from: 'default' }],
  ])('is %s', (_title, given, expected) => {
    expect(periodOf({ ...none, ...given })).toMatchObject(expected);
  });
});
