import { cp, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { createPower } from '../../fakes/power-cut.ts';
import { keyRecord } from '../storage/records-for-tests.ts';
import { unwrap } from '../storage/support.ts';
import { type BackupRun, createBackupWorld, passphrase } from './backup-world.ts';
import { change, fill } from './filled-vault.ts';

/** A vault that was changed since its backup, the same for every cut, and what it held before. */
async function aChangedVault() {
  const world = await createBackupWorld();
  const run = await world.open();
  await fill(world, run);
  unwrap(await run.make({ file: world.file, passphrase, replace: false }));
  await change(world, run);
  const before = await run.content();
  const items = new Map(world.keychain.items);
  const saved = `${world.root}/saved`;
  await cp(world.folder, saved, { recursive: true });
  return {
    world,
    before,
    /** Puts everything back as it was before the restore. */
    async rewind() {
      await rm(world.folder, { recursive: true });
      await cp(saved, world.folder, { recursive: true });
      world.keychain.items.clear();
      for (const [name, value] of items) world.keychain.items.set(name, value);
    },
  };
}

const choices = {
  'that replaces': { mode: 'replace', takeBackup: [], forgetLiving: true },
  'that merges': { mode: 'merge', takeBackup: [keyRecord(1).id, keyRecord(2).id], forgetLiving: false },
} as const;

async function restore(run: BackupRun, file: string, choice: (typeof choices)[keyof typeof choices]) {
  const { token } = unwrap(await run.open(file, passphrase));
  return Promise.race([run.restore({ token, ...choice }), run.power.gone]);
}

it.each(Object.entries(choices))(
  'a restore %s is whole or not at all, wherever the power goes, and goes again while it is brought to its end',
  async (_, choice) => {
    const { world, before, rewind } = await aChangedVault();
    const undisturbed = await world.open();
    const first = undisturbed.power.effects.length;
    unwrap((await restore(undisturbed, world.file, choice)) as { ok: true; value: unknown });
    const count = undisturbed.power.effects.length - first;
    const after = await (await world.open()).content();
    expect(after).not.toEqual(before);
    expect(count).toBeGreaterThan(10);

    const ends = { before: 0, after: 0 };
    for (let nth = 1; nth <= count; nth += 1) {
      for (const when of ['cutBefore', 'cutAfter'] as const) {
        await rewind();
        const run = await world.open();
        const opened = unwrap(await run.open(world.file, passphrase));
        run.power[when](nth);
        const ended = await Promise.race([run.restore({ token: opened.token, ...choice }), run.power.gone]);
        expect(ended, `${when} ${nth}`).toBe('power cut');

        // The next start loses its power too, at another place each time.
        const again = createPower();
        again[nth % 2 === 0 ? 'cutBefore' : 'cutAfter'](1 + (nth % 7));
        await world.open(again);

        const last = await world.open();
        expect(last.ended).toEqual({ ok: true, value: undefined });
        const content = await last.content();
        const isBefore = isDeepStrictEqual(content, before);
        expect(content, `${when} ${nth}: ${run.power.effects.at(-1)}`).toEqual(isBefore ? before : after);
        ends[isBefore ? 'before' : 'after'] += 1;
        expect(unwrap(await last.vault.pendingRestore.read())).toBeNull();
      }
    }
    // Only a cut before the list was written leaves the vault as it was.
    expect(ends).toEqual({ before: 1, after: 2 * count - 1 });
  },
  120_000,
);
