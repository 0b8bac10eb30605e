import { failure } from '../../shared/domain/failure.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { workContract } from '../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../shared/result.ts';
import { failedAs } from '../ipc/failed-as.ts';
import { asAnswers } from '../providers/answers.ts';
import type { Vault } from '../vault/vault.ts';
import { type ProviderLookup, workViewOf } from './key-views.ts';

/** What the page may ask about work in hand. */
export function workHandlers(options: {
  readonly vault: () => Vault | null;
  readonly providerOf: ProviderLookup;
}): Handlers<typeof workContract> {
  const { vault: openVault, providerOf } = options;
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
  };
}
