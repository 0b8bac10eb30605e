import { failure } from '../../shared/domain/failure.ts';
import type { KeyId, WorkId } from '../../shared/domain/ids.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { Handlers } from '../../shared/ipc/define.ts';
import type { keysContract } from '../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../shared/result.ts';
import type { ProviderCatalog } from '../connections/connection-ports.ts';
import { failedAs } from '../ipc/failed-as.ts';
import { asAnswers } from '../providers/answers.ts';
import { Secret } from '../secrets/secret.ts';
import type { Vault } from '../vault/vault.ts';
import { askLastUsed } from './ask-last-used.ts';
import { checkKey } from './check-key.ts';
import type { ClipboardKeeper } from './clipboard-keeper.ts';
import { giveBackCopy, sealKey, spendCopyOnce } from './copy-once.ts';
import { deleteKey } from './delete-key.ts';
import type { DueLookup } from './due-of-key.ts';
import { planIssue } from './issue-key.ts';
import {
  type AroundKeys,
  detailOf,
  mostPressing,
  type ProviderLookup,
  rowOf,
  variablesOf,
} from './key-views.ts';
import { obtained } from './obtained.ts';
import { knownKey } from './pasted-key.ts';
import { planKeys } from './plan-keys.ts';
import type { ProjectFolders } from './project-folders.ts';
import { requestRevocation } from './request-revocation.ts';
import { type BegunRotation, requestReplacement, requestRotation } from './request-rotation.ts';
import { filesToCompare, risksOf } from './risks.ts';
import { setPolicy } from './set-policy.ts';
import { signSample } from './sign-sample.ts';
import { takeInKey } from './take-in-key.ts';
import { takeValue } from './take-value.ts';
import { targetStandings } from './target-standing.ts';
import type { TargetWatch } from './target-watch.ts';
import { addTarget, writeTargetAgain } from './targets.ts';
import { unlinkTarget } from './unlink-target.ts';
import { freshRun } from './works.ts';

/** How much of a key's history its screen shows. */
const historyShown = 50;

const vaultClosed = () => fail(failure('vault-closed'));
const keyUnknown = () => fail(failure('key-unknown'));

export interface KeysHandlersOptions {
  /** The open vault, or null. */
  readonly vault: () => Vault | null;
  readonly providerOf: ProviderLookup;
  readonly catalog: Pick<ProviderCatalog, 'recognise' | 'snippets'>;
  readonly clipboard: ClipboardKeeper;
  readonly clipboardSeconds: () => number;
  /** What is known of how targets stand, and who is told of it when they are looked at. */
  readonly targets: Pick<TargetWatch, 'astrayOf' | 'seen'>;
  /** When the keys of these records are due, by the settings and the zone of now. */
  readonly dues: (records: Vault['records']) => DueLookup;
  readonly projectFolders: ProjectFolders;
}

/** What the page may ask about keys. */
export function keysHandlers(options: KeysHandlersOptions): Handlers<typeof keysContract> {
  const { vault: openVault, providerOf, catalog, clipboard, clipboardSeconds, targets } = options;
  const { astrayOf } = targets;
  const around = ({ records }: Vault): AroundKeys => ({
    records,
    providerOf,
    astrayOf,
    dues: options.dues(records),
  });
  return {
    'keys.list': ({ first }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const all = vault.records.keys.all();
      const beside = around(vault);
      const keys = first === undefined ? all : mostPressing(all, beside.dues, first);
      return ok({ keys: keys.map((key) => rowOf(key, beside)) });
    },
    'keys.get': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const key = vault.records.keys.get(id);
      if (key === undefined) return keyUnknown();
      const history = await vault.activity.ofKey(id, historyShown);
      return ok({ ...detailOf(key, around(vault), vault.works.ofKey(id)), history });
    },
    'keys.targetStates': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const standings = await targetStandings(vault.ports, id);
      if (!standings.ok) return standings;
      targets.seen(id, standings.value);
      return ok({ targets: standings.value });
    },
    'keys.issue': async (input) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const run = freshRun(asAnswers(input.answers));
      const planned = await planIssue(vault.ports, input, run);
      if (!planned.ok) return planned;
      const started = await vault.works.start(planned.value, run);
      if (!started.ok) return started;
      return obtained(await started.value.ended);
    },
    'keys.reveal': async ({ id, purpose, field }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const wish = purpose === 'show' ? { purpose } : { purpose, field: field ?? '' };
      const spent = await spendCopyOnce(vault.ports, id, wish);
      if (!spent.ok) return spent;
      const fields = Object.entries(spent.value).map(([name, value]) => ({ name, value: value.reveal() }));
      return ok({ fields });
    },
    'keys.copy': async ({ id, field }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const spent = await spendCopyOnce(vault.ports, id, { purpose: 'copy', field });
      if (!spent.ok) return spent;
      const value = spent.value[field];
      if (value === undefined) return keyUnknown();
      if (openVault() !== vault) {
        // Locked meanwhile: the clipboard has been cleared, and nothing may come after that.
        const givenBack = await giveBackCopy(vault.ports, id, field);
        return givenBack.ok ? vaultClosed() : givenBack;
      }
      const seconds = clipboardSeconds();
      const copied = await clipboard.copy(value, seconds);
      if (!copied.ok || copied.value.by === 'page') {
        const givenBack = await giveBackCopy(vault.ports, id, field);
        if (!givenBack.ok) return givenBack;
      }
      if (!copied.ok) return copied;
      const concealed = copied.value.by === 'main' && copied.value.concealed;
      return ok({ by: copied.value.by, clearsAfterSeconds: seconds, concealed });
    },
    'keys.seal': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const sealed = await sealKey(vault.ports, id);
      return sealed.ok ? ok({}) : sealed;
    },
    'keys.write': async ({ id, target }) => {
      const vault = openVault();
      return vault === null ? vaultClosed() : addTarget(vault.ports, vault.works, id, target);
    },
    'keys.writeAgain': async ({ id, ...wish }) => {
      const vault = openVault();
      return vault === null ? vaultClosed() : writeTargetAgain(vault.ports, vault.works, id, wish);
    },
    'keys.unlink': async ({ id, ...wish }) => {
      const vault = openVault();
      return vault === null ? vaultClosed() : unlinkTarget(vault.ports, vault.works, id, wish);
    },
    'keys.takeValue': async ({ id, ...wish }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const isSecret = secretFieldsOf(vault, id, providerOf);
      const begun = await takeValue(vault.ports, vault.works, id, { ...wish, isSecret });
      return begun.ok ? ok(idsOf(begun.value)) : failedAs(begun.error);
    },
    'keys.check': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      return checkKey(vault.ports, id);
    },
    'keys.lastUsed': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const asked = await askLastUsed(vault.ports, id);
      return asked.ok ? ok({ lastUsedAt: asked.value }) : asked;
    },
    'keys.recognise': ({ value }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const pasted = new Secret(value.trim());
      const known = knownKey(vault, providerOf, pasted);
      return ok({
        candidates: [...catalog.recognise(pasted)],
        known: known === null ? null : { id: known.id, name: known.name },
      });
    },
    'keys.takeIn': async (input) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const taken = await takeInKey(vault.ports, vault.works, { ...input, key: asAnswers(input.key) });
      return taken.ok ? obtained(taken.value) : failedAs(taken.error);
    },
    'keys.snippets': ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const key = vault.records.keys.get(id);
      if (key === undefined) return keyUnknown();
      const connection = vault.records.connections.get(key.connectionId);
      if (connection === undefined) return fail(failure('definition-unknown', { provider: '' }));
      const variables = variablesOf(key, providerOf(connection.providerId));
      const snippets = catalog.snippets(connection, variables);
      return snippets.ok ? ok({ snippets: [...snippets.value] }) : snippets;
    },
    'keys.signedSample': async ({ id }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const sample = await signSample(vault.ports, id);
      return sample.ok ? ok({ text: sample.value }) : sample;
    },
    'keys.rotate': async ({ id, grace, answers, oldDiesNow }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const wish = { grace, oldDiesNow, answers: asAnswers(answers) };
      const begun = await requestRotation(vault.ports, vault.works, id, wish);
      return begun.ok ? ok(idsOf(begun.value)) : begun;
    },
    'keys.replaceLeaked': async ({ id, answers, ...wish }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const leaked = { ...wish, answers: asAnswers(answers) };
      const begun = await requestReplacement(vault.ports, vault.works, id, leaked);
      return begun.ok ? ok(idsOf(begun.value)) : failedAs(begun.error);
    },
    'keys.revoke': async ({ id, confirmName, answers, doneByHand }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const wish = { confirmName, answers: asAnswers(answers), doneByHand };
      const work = await requestRevocation(vault.ports, vault.works, id, wish);
      // Where the key ends before its replacement, it is revoked whatever becomes of that.
      if ((vault.records.keys.get(id)?.revokedAt ?? null) !== null && work.ok) return ok({});
      return work.ok ? revoked(work.value) : failedAs(work.error);
    },
    'keys.delete': async ({ id, answers, ...wish }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const deleted = await deleteKey(vault.ports, vault.works, id, { ...wish, answers: asAnswers(answers) });
      return deleted.ok ? ok({}) : failedAs(deleted.error);
    },
    'keys.setPolicy': async ({ ids, policy }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const set = await setPolicy(vault.ports, ids, policy);
      return set.ok ? ok({}) : set;
    },
    'keys.plan': async ({ plans }) => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const planned = await planKeys(vault.ports, plans);
      return planned.ok ? ok({}) : planned;
    },
    'keys.risks': async () => {
      const vault = openVault();
      if (vault === null) return vaultClosed();
      const { records, ports } = vault;
      const keys = records.keys.all();
      const projectOf = await options.projectFolders(keys.flatMap(filesToCompare));
      const { dues } = around(vault);
      const today = dues.calendar.dayOf(ports.clock.now());
      return ok({ risks: risksOf(keys, { today, dues, records, providerOf, projectOf }) });
    },
  };
}

/** Which fields of a key are secret, as its provider says; one that it does not know is. */
function secretFieldsOf(
  { records }: Vault,
  id: KeyId,
  providerOf: ProviderLookup,
): (name: string) => boolean {
  const key = records.keys.get(id);
  const connection = key === undefined ? undefined : records.connections.get(key.connectionId);
  const fields = providerOf(connection?.providerId ?? '')?.fields ?? [];
  return (name) => fields.find((field) => field.name === name)?.secret ?? true;
}

const idsOf = ({ work }: BegunRotation): { workId: WorkId; newKeyId: KeyId } => ({
  workId: work.id,
  newKeyId: work.newKey.id,
});

type RevokeAnswer = Awaited<ReturnType<Handlers<typeof keysContract>['keys.revoke']>>;

function revoked(work: Work): RevokeAnswer {
  const reason = work.state.step === 'finished' ? work.state.reason : work.blocked;
  // The provider has replaced the key, and lets the old value go on until its own grace ends.
  if (reason === null && work.state.step === 'retiring') return fail(failure('key-still-alive'));
  return reason === null ? ok({}) : failedAs(reason);
}
