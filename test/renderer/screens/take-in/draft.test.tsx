import { describe, expect, it } from 'vitest';
import {
  atProvider,
  dayFieldOf,
  emptyTakeIn,
  instantOf,
  needsNothing,
  newConnectionName,
  problemsOf,
} from '../../../../renderer/screens/take-in/draft.ts';
import { becauseOf, belongings } from '../../../../renderer/screens/take-in/recognised.ts';
import { connectionId } from '../../support/fake-bridge.ts';
import { assistedConnection, assistedProvider, plainProvider } from '../../support/scenarios-assisted.ts';
import { fullConnection, fullProvider } from '../../support/scenarios-dialogs.ts';

const catalog = [assistedProvider, plainProvider, fullProvider];
const told = (environment: 'test' | 'live' | null) => ({
  provider: assistedProvider,
  field: 'secret',
  environment,
});

describe('where a pasted value belongs', () => {
  it('is the connection of the environment that its form tells', () => {
    const live = { ...assistedConnection, id: connectionId(70), environment: 'live' as const };
    const connections = [assistedConnection, live, fullConnection];
    expect(atProvider(emptyTakeIn(), told('live'), connections).account).toBe(live.id);
    expect(atProvider(emptyTakeIn(), told(null), connections).account).toBe(assistedConnection.id);
  });

  it('is a new connection where none is of that environment', () => {
    const draft = atProvider(emptyTakeIn(), told('live'), [assistedConnection]);
    expect(draft).toMatchObject({ account: 'new', environment: 'live' });
  });

  it('is told once per provider, and without an environment where its forms disagree', () => {
    const candidates = [
      { providerId: 'registry', field: 'key', environment: 'live' as const },
      { providerId: 'registry', field: 'key', environment: 'test' as const },
      { providerId: 'gone', field: 'key', environment: null },
    ];
    const found = belongings({ candidates }, catalog);
    expect(found).toEqual([{ provider: fullProvider, field: 'key', environment: null }]);
    expect(becauseOf(found)).toBe('It has the form of the Token of a key of Package registry.');
  });

  it.each([
    [[], 'Its form is not one that Keyturn knows. Choose the provider that issued it.'],
    [
      [{ provider: plainProvider, field: 'key', environment: 'live' as const }],
      'It has the form of a live key of Mapler.',
    ],
  ])('is said in a sentence', (found, sentence) => {
    expect(becauseOf(found)).toBe(sentence);
  });
});

describe('a new connection along the way', () => {
  it('is only made where nothing has to be asked', () => {
    expect(needsNothing(plainProvider)).toBe(true);
    expect(needsNothing(fullProvider)).toBe(false);
  });

  it('gets a name that no other has', () => {
    const taken = [{ name: 'Mapler test' }, { name: 'Mapler test 2' }];
    expect(newConnectionName(plainProvider, 'test', taken)).toBe('Mapler test 3');
    expect(newConnectionName({ ...plainProvider, environments: ['live'] }, 'live', [])).toBe('Mapler');
  });
});

describe('the day a key was made', () => {
  it('goes there and back in the time zone of the machine', () => {
    const at = new Date(2026, 1, 3, 17, 30).getTime();
    expect(dayFieldOf(at)).toBe('2026-02-03');
    expect(instantOf('2026-02-03')).toBe(new Date(2026, 1, 3).getTime());
    expect(instantOf('')).toBeNull();
  });

  it('is not a day to come', () => {
    const draft = { ...emptyTakeIn(), name: 'Maps', madeOn: '2026-02-04' };
    const now = new Date(2026, 1, 3, 12).getTime();
    expect(problemsOf(draft, { key: 'x' }, plainProvider, now)).toHaveProperty('madeOn');
    expect(problemsOf({ ...draft, madeOn: '2026-02-03' }, { key: 'x' }, plainProvider, now)).toEqual({});
  });
});
