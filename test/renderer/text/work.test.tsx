import { describe, expect, it } from 'vitest';
import { phaseOf, whatIsTrue, workTitle } from '../../../renderer/text/work.ts';
import { work } from '../support/fake-bridge.ts';
import { inGrace } from '../support/scenarios-dialogs.ts';

describe('a piece of work in words', () => {
  it('says "Revoked" only when the provider refuses the key', () => {
    const revoking = work({ kind: 'revoke', steps: [{ name: 'revoke', state: 'running' }] });
    expect(workTitle(revoking)).toBe('Revoking webhooks 1');
    expect(whatIsTrue(revoking)).toContain('counts as alive');
    expect(workTitle({ ...revoking, finished: 'done' })).toBe('Revoked webhooks 1');
    expect(workTitle({ ...revoking, finished: 'failed' })).not.toContain('Revoked');
  });

  it('tells waiting for the grace from working', () => {
    expect(phaseOf(inGrace)).toBe('grace');
    expect(whatIsTrue(inGrace)).toContain('The old key still works');
  });

  it('says that the old key works wherever a rotation stops before its files are written', () => {
    for (const at of ['create', 'store', 'verify'] as const) {
      const stopped = work({
        blocked: { code: 'provider-insecure', host: 'a.example' },
        steps: [{ name: at, state: 'stopped' }],
      });
      expect(whatIsTrue(stopped)).toContain('The old key works as before');
    }
  });

  it('says that both keys work when not every file has the new one', () => {
    const stopped = work({
      blocked: { code: 'file-changed', file: '/a/.env' },
      steps: [{ name: 'deliver', state: 'stopped' }],
    });
    expect(whatIsTrue(stopped)).toContain('Both keys work');
  });

  it('an unknown outcome comes before what blocks it', () => {
    expect(phaseOf(work({ outcomeUnknown: true, blocked: { code: 'provider-insecure', host: 'a' } }))).toBe(
      'unknown',
    );
  });

  it('never promises that the old key works once the provider was asked to replace it', () => {
    const rotated = work({ origin: 'rotated' });
    const lost = { ...rotated, outcomeUnknown: true, strays: null };
    const gone = { code: 'outcome-unknown', workId: rotated.id, strays: 0 } as const;
    const failed = { ...rotated, finished: 'failed' as const, reason: gone };
    expect(whatIsTrue({ ...failed, reason: null })).toContain('The old one works as before');
    for (const view of [lost, failed]) expect(whatIsTrue(view)).toContain('may have ended already');
    for (const at of ['store', 'verify', 'deliver'] as const) {
      const stopped = {
        ...rotated,
        blocked: { code: 'keychain-locked' } as const,
        steps: [{ name: at, state: 'stopped' as const }],
      };
      expect(whatIsTrue(stopped)).toContain('The old value has ended');
      expect(whatIsTrue(stopped)).not.toMatch(/old key works|Both keys work/);
    }
  });

  it('says of a key that was taken in neither that it was generated nor that none exists', () => {
    const takenIn = work({ kind: 'issue', origin: 'taken-in', steps: [] });
    expect(workTitle({ ...takenIn, finished: 'done' })).toBe('Taken in: webhooks 1');
    expect(whatIsTrue({ ...takenIn, finished: 'undone' })).toContain('as alive as it was before');
  });
});
