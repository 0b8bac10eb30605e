import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeAll } from '../../../../renderer/app-state.ts';
import { AppDialogs } from '../../../../renderer/screens/frame/app-dialogs.tsx';
import { navigate } from '../../../../renderer/screens/frame/router.ts';
import { KeysPlace } from '../../../../renderer/screens/keys/keys-place.tsx';
import { nextStep } from '../../../../renderer/screens/keys/next-action.ts';
import { attentionSchema } from '../../../../shared/domain/key.ts';
import type { WorkView } from '../../../../shared/ipc/work.contract.ts';
import { ok } from '../../../../shared/result.ts';
import { createFakeMain, keyId, keyRow, work, workId } from '../../support/fake-bridge.ts';
import { giveSize } from '../../support/give-size.ts';
import { pageTalksTo } from '../../support/page-main.ts';

beforeEach(() => {
  giveSize(1_000, 720);
  navigate({ place: 'keys', keyId: null });
});
afterEach(() => {
  closeAll();
  cleanup();
});

const dayMs = 86_400_000;

function open(works: readonly WorkView[], facts: Parameters<typeof createFakeMain>[0] = {}) {
  const row = keyRow(1, { name: 'Shop', status: 'rotating', attention: null, unsealed: false });
  const main = pageTalksTo(
    createFakeMain({
      ...facts,
      overrides: {
        'keys.list': () => ok({ keys: [row] }),
        'work.list': () => ok({ works: [...works] }),
        ...facts.overrides,
      },
    }),
  );
  render(
    <>
      <KeysPlace keyId={null} />
      <AppDialogs />
    </>,
  );
  return main;
}

const stopped: readonly (readonly [string, Partial<WorkView>])[] = [
  ['a key that the user makes', { blocked: { code: 'key-needed', provider: 'Parcelway' } }],
  ['a revocation by hand', { blocked: { code: 'revocation-needed', provider: 'Parcelway' } }],
  ['an answer', { blocked: { code: 'answer-needed', questions: ['otp'] } }],
  ['a locked keychain', { blocked: { code: 'keychain-locked' } }],
  ['a key that is still alive', { blocked: { code: 'key-still-alive' } }],
  ['an unknown outcome', { outcomeUnknown: true, strays: null }],
  ['a stray', { outcomeUnknown: true, strays: ['Shop kt-1'] }],
];

describe('what needs a person', () => {
  it.each(stopped)(
    'has a reason and exactly one next step when work waits for %s, whatever the key says',
    (_, facts) => {
      for (const kind of ['issue', 'rotate', 'revoke'] as const) {
        for (const attention of [null, ...attentionSchema.options]) {
          const step = nextStep({ attention, unsealed: false }, work({ kind, ...facts }));
          expect(step).toMatchObject({ tone: 'attention', to: 'show-work' });
          expect(step?.title).not.toBe('');
          expect(step?.label).not.toBe('');
        }
      }
    },
  );

  it.each(attentionSchema.options)(
    'has a reason and a next step for a key that is %s with no work at it',
    (attention) => {
      for (const at of [null, work(), work({ finished: 'done' })]) {
        const step = nextStep({ attention, unsealed: false }, at);
        expect(step?.tone).toBe('attention');
        expect(step?.label).not.toBe('');
      }
    },
  );

  it('stands on the Keys screen although the key itself is well, and leads to the work', async () => {
    open([work({ keyId: keyId(1), blocked: { code: 'key-needed', provider: 'Parcelway' } })]);
    await screen.findByRole('grid', { name: 'Keys' });
    expect(screen.getByRole('grid', { name: 'Keys' }).textContent).toContain('Waiting for you');
    fireEvent.click(screen.getByRole('button', { name: 'Paste the key' }));
    expect(await screen.findByRole('dialog', { name: /waits for you/ })).toBeTruthy();
  });

  it('stands above the list where its key was never made', async () => {
    open([
      work({
        id: workId(4),
        kind: 'issue',
        keyId: keyId(99),
        name: 'CI token',
        outcomeUnknown: true,
        strays: ['CI token kt-1'],
      }),
    ]);
    expect(await screen.findByText('Generating CI token: outcome unknown')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Revoke the stray' }));
    expect(await screen.findByRole('dialog', { name: 'Generating CI token: outcome unknown' })).toBeTruthy();
  });
});

describe('the reminder of a backup', () => {
  it('leads to making one', async () => {
    open([], { settings: { lastBackupAt: Date.now() - 8 * dayMs } });
    expect(await screen.findByText(/The last backup was made/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Make a backup' }));
    expect(await screen.findByRole('dialog', { name: 'Make a backup' })).toBeTruthy();
  });

  it('goes when it is switched off, and when one was made', async () => {
    const main = open([], { settings: { lastBackupAt: Date.now() - 8 * dayMs } });
    fireEvent.click(await screen.findByRole('button', { name: 'Do not remind me' }));
    await waitFor(() => expect(screen.queryByText(/The last backup was made/)).toBeNull());
    expect(main.calls).toContainEqual({ method: 'settings.set', input: { backupReminder: false } });
    cleanup();
    open([], { settings: { lastBackupAt: Date.now() - dayMs } });
    await screen.findByText('Shop');
    expect(screen.queryByRole('region', { name: 'Backup reminder' })).toBeNull();
  });
});
