import { describe, expect, it } from 'vitest';
import { checkWords } from '../../../renderer/text/keys.ts';
import { type CheckOutcome, refusalSchema } from '../../../shared/domain/provider.ts';

const at = { provider: 'Parcelway', environment: 'test' } as const;
const refused = (why: Extract<CheckOutcome, { outcome: 'refused' }>['why'], message = ''): CheckOutcome => ({
  outcome: 'refused',
  why,
  message,
});

const all: CheckOutcome[] = [
  { outcome: 'valid' },
  { outcome: 'valid-but-limited', message: 'needs parcels.read' },
  ...refusalSchema.options.map((why) => refused(why)),
];

describe('what a check found', () => {
  it('is said differently for each finding', () => {
    expect(new Set(all.map((outcome) => checkWords(outcome, at).title)).size).toBe(all.length);
  });

  it('has a next step wherever the key does not simply work', () => {
    for (const outcome of all.slice(1)) expect(checkWords(outcome, at).next.length).toBeGreaterThan(0);
  });

  it.each(['401', 'HTTP 403', '401 Unauthorized', 'HTTP/1.1 403 Forbidden', 'status code: 401.', ' '])(
    'never repeats a bare status such as “%s”',
    (message) => {
      for (const why of refusalSchema.options) {
        const { title, text } = checkWords(refused(why, message), at);
        expect(`${title} ${text}`).not.toMatch(/\d{3}|says/);
      }
    },
  );

  it('repeats what the provider itself said', () => {
    const { text } = checkWords(refused('revoked', 'This key was deleted by anna on 3 May'), at);
    expect(text).toContain('Parcelway says: This key was deleted by anna on 3 May.');
  });

  it('names the environment that the key is for, and that it was not sent', () => {
    const { title, text } = checkWords(refused('wrong-environment'), at);
    expect(title).toBe('This is a live key');
    expect(text).toContain('not sent to Parcelway');
  });
});
