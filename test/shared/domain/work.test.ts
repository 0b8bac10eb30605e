import { describe, expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { graceEnd } from '../../../shared/domain/grace.ts';
import { keyIdSchema } from '../../../shared/domain/ids.ts';
import { isAlive, labelOf } from '../../../shared/domain/key.ts';
import {
  graceSchema,
  isUnfinished,
  type WorkKind,
  type WorkState,
  workStateSchema,
} from '../../../shared/domain/work.ts';
import { stepsOf } from '../../../shared/domain/work-steps.ts';

const hourMs = 3_600_000;
const now = Date.UTC(2026, 0, 1);

describe('the end of a grace', () => {
  it.each([
    ['now', 0],
    ['1-hour', hourMs],
    ['24-hours', 24 * hourMs],
    ['7-days', 7 * 24 * hourMs],
    ['30-days', 30 * 24 * hourMs],
  ] as const)('is as far away as %s says', (grace, ms) => {
    expect(graceEnd(grace, now, null)).toBe(now + ms);
  });

  it('is never beyond the expiry of the old key', () => {
    for (const grace of graceSchema.options) {
      expect(graceEnd(grace, now, now + 1_000)).toBeLessThanOrEqual(now + 1_000);
      expect(graceEnd(grace, now, now - 1_000)).toBe(now - 1_000);
    }
  });
});

describe('the label of a key at its provider', () => {
  const id = keyIdSchema.parse('key_0123456789abcdefghij');
  const text = (nameMaxLength: number) => ({ nameMaxLength, nameStyle: 'text' }) as const;
  const slug = (nameMaxLength: number) => ({ nameMaxLength, nameStyle: 'slug' }) as const;

  it('is its name and the beginning of its id', () => {
    expect(labelOf('mail', id, text(64))).toBe('mail kt-01234567');
  });

  it('keeps the whole tag where the provider takes only short names', () => {
    const label = labelOf('a rather long name', id, text(20));
    expect(label).toBe('a rather kt-01234567');
    expect(label).toHaveLength(20);
  });

  it.each([
    ['Mail server (Köln) №2', 64, 'mail-server-koln-no2-kt-01234567'],
    ['--a--', 64, 'a-kt-01234567'],
    ['ключ', 64, 'kt-01234567'],
    ['Payments live', 21, 'payments-kt-01234567'],
  ])(
    'of %s is written in small letters, digits and hyphens where the provider takes no others',
    (name, longest, label) => {
      expect(labelOf(name, id, slug(longest))).toBe(label);
      expect(label.length).toBeLessThanOrEqual(longest);
    },
  );

  it('tells two keys of the same name apart', () => {
    const other = keyIdSchema.parse('key_zyxwvutsrqponmlkjihg');
    expect(labelOf('mail', id, text(64))).not.toBe(labelOf('mail', other, text(64)));
  });
});

describe('a key', () => {
  it('is alive until it is known to be revoked', () => {
    expect(isAlive({ status: 'needs-attention', revokedAt: null })).toBe(true);
    expect(isAlive({ status: 'revoked', revokedAt: now })).toBe(false);
  });
});

const states: Record<WorkState['step'], WorkState> = {
  creating: { step: 'creating' },
  'outcome-unknown': { step: 'outcome-unknown', strays: null },
  created: { step: 'created' },
  stored: { step: 'stored' },
  verified: { step: 'verified' },
  delivered: { step: 'delivered' },
  retiring: { step: 'retiring', until: now },
  revoking: { step: 'revoking' },
  undoing: { step: 'undoing', reason: failure('key-not-verified', { message: 'No such key' }) },
  'revoking-first': { step: 'revoking-first' },
  restoring: { step: 'restoring', targets: [] },
  withdrawing: { step: 'withdrawing', targets: [] },
  finished: { step: 'finished', outcome: 'done', reason: null },
};

const created = { grace: '24-hours', origin: 'created' } as const;

/** One letter a step: d(one), r(unning), w(aiting), s(topped). */
const lettersOf = (kind: WorkKind, state: WorkState, isBlocked = false): string =>
  stepsOf({ ...created, kind, state, blocked: isBlocked ? failure('keychain-locked') : null })
    .map((step) => step.state.charAt(0))
    .join('');

describe('the steps of a piece of work', () => {
  it.each([
    ['rotate', 'creating', 'rwwwww'],
    ['rotate', 'outcome-unknown', 'swwwww'],
    ['rotate', 'created', 'drwwww'],
    ['rotate', 'stored', 'ddrwww'],
    ['rotate', 'verified', 'dddrww'],
    ['rotate', 'delivered', 'ddddrw'],
    ['rotate', 'retiring', 'ddddrw'],
    ['rotate', 'revoking', 'dddddr'],
    ['rotate', 'undoing', 'rwwwww'],
    ['rotate', 'finished', 'dddddd'],
    ['issue', 'creating', 'rww'],
    ['issue', 'created', 'drw'],
    ['issue', 'stored', 'ddr'],
    ['issue', 'finished', 'ddd'],
    ['revoke', 'revoking', 'r'],
    ['revoke', 'finished', 'd'],
  ] as const)('%s at "%s" reads %s', (kind, step, letters) => {
    expect(lettersOf(kind, states[step])).toBe(letters);
  });

  it('begin with the end of the old key where it has to go first', () => {
    const letters = (state: WorkState) =>
      stepsOf({ ...created, kind: 'rotate', state, blocked: null, revokesFirst: true }).map(
        ({ name, state: how }) => `${name} ${how}`,
      );
    expect(letters(states['revoking-first'])).toEqual([
      'revoke running',
      'create waiting',
      'store waiting',
      'verify waiting',
      'deliver waiting',
    ]);
    expect(letters(states.delivered).at(-1)).toBe('deliver running');
  });

  it('have no grace where the old key gets none, unless its provider ends it by itself', () => {
    const steps = (state: WorkState, origin: 'created' | 'by-hand' | 'rotated') =>
      stepsOf({ kind: 'rotate', grace: 'now', origin, state, blocked: null }).map(
        ({ name, state: how }) => `${name} ${how}`,
      );
    expect(steps(states.finished, 'created')).toEqual([
      'create done',
      'store done',
      'verify done',
      'deliver done',
      'revoke done',
    ]);
    for (const step of ['delivered', 'retiring', 'revoking'] as const)
      expect(steps(states[step], 'by-hand').slice(-2)).toEqual(['deliver done', 'revoke running']);
    expect(steps(states.retiring, 'rotated').slice(-2)).toEqual(['grace running', 'revoke waiting']);
  });

  it('are those of putting the old key back while that is under way', () => {
    expect(lettersOf('rotate', states.restoring)).toBe('rw');
    expect(lettersOf('rotate', states.withdrawing, true)).toBe('ds');
  });

  it('say at which one it is stopped', () => {
    expect(lettersOf('rotate', states.verified, true)).toBe('dddsww');
    expect(lettersOf('revoke', states.revoking, true)).toBe('s');
  });

  it('are over only when the work has finished', () => {
    expect(Object.values(states).filter((state) => !isUnfinished({ state }))).toEqual([states.finished]);
  });

  it('are read back from the journal as they were written', () => {
    for (const state of Object.values(states))
      expect(workStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });
});
