import { failure } from '../../shared/domain/failure.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { BatchView, workContract } from '../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../shared/result.ts';
import { failedAs } from '../ipc/failed-as.ts';
import { asAnswers } from '../providers/answers.ts';
import type { Vault } from '../vault/vault.ts';
import { type ProviderLookup, workViewOf } from './key-views.ts';
import { createBatches } from './rotate-many.ts';

/** What the page may ask about work in hand. */
export function workHandlers(options: {
  readonly vault: () => Vault | null;
  readonly providerOf: ProviderLookup;
  readonly batchChanged: (view: BatchView) => void;
}): Handlers<typeof workContract> {
  const { vault: openVault, providerOf } = options;
  const batches = createBatches({ vault: openVault, providerOf, changed: options.batchChanged });
  return {
    'work.list': () => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      return ok({ works: vault.works.list().map((work) => workViewOf(work, vault.records, providerOf)) });
    },
    'work.continue': async ({ id, answers, key, anyForm, doneByHand }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      const pasted = key === null ? null : asAnswers(key);
      const wish = { answers: asAnswers(answers), key: pasted, anyForm, doneByHand };
      const work = await vault.works.goOn(id, wish);
      return work.ok ? ok(workViewOf(work.value, vault.records, providerOf)) : work;
    },
    'work.giveUp': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      // A revocation that is given up would leave a key alive that was meant to end.
      if (vault.works.get(id)?.kind === 'revoke') return fail(failure('work-unknown'));
      const work = await vault.works.giveUp(id);
      return work.ok ? ok(workViewOf(work.value, vault.records, providerOf)) : work;
    },
    'work.revokeStrays': async ({ id, answers }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      const work = await vault.works.revokeStrays(id, asAnswers(answers));
      return work.ok ? ok(workViewOf(work.value, vault.records, providerOf)) : failedAs(work.error);
    },
    'work.undo': async ({ id, answers }) => {
      const vault = openVault();
      if (vault === null) return fail(failure('vault-closed'));
      const work = await vault.works.undo(id, asAnswers(answers));
      return work.ok ? ok(workViewOf(work.value, vault.records, providerOf)) : work;
    },
    'work.rotateAll': ({ ids, grace }) => {
      const vault = openVault();
      return vault === null ? fail(failure('vault-closed')) : batches.rotate(vault, ids, grace);
    },
    'work.cancelAll': () => (openVault() === null ? fail(failure('vault-closed')) : ok(batches.cancel())),
    'work.batch': () => (openVault() === null ? fail(failure('vault-closed')) : ok(batches.view())),
  };
}
