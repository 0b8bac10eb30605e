import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { applyRestore } from '../../main/backup/apply-restore.ts';
import { makeBackup } from '../../main/backup/make-backup.ts';
import { heldIn, openBackup } from '../../main/backup/open-backup.ts';
import { pendingRestoreIn } from '../../main/backup/pending-restore.ts';
import { planRestore } from '../../main/backup/plan-restore.ts';
import { listOf } from '../../main/backup/restore-list.ts';
import { describeFields } from '../../main/keys/describe-fields.ts';
import { identityLockBy } from '../../main/secrets/identity-lock.ts';
import { type NamedSecret, putMany } from '../../main/secrets/many-secrets.ts';
import { createSealedFiles } from '../../main/secrets/sealed-file-secret-store.ts';
import { Secret } from '../../main/secrets/secret.ts';
import { packFields } from '../../main/secrets/secret-fields.ts';
import { threadedPassphraseSealing } from '../../main/secrets/threaded-passphrase-sealing.ts';
import { threadedSealedBatches } from '../../main/secrets/threaded-sealed-batches.ts';
import { confStores } from '../../main/storage/conf-store.ts';
import { openActivity } from '../../main/storage/file-activity.ts';
import { openRecords } from '../../main/storage/open-records.ts';
import { settingsSchema } from '../../shared/domain/settings.ts';
import { done, type Result } from '../../shared/result.ts';
import { seedRecords } from './storage.ts';

/** What a backup of one vault costs; times in milliseconds. The vault's secrets are in sealed files, on a real disk. */
export interface BackupCost {
  readonly keys: number;
  /** Everything of `backup.make`: values read, sealed under the passphrase as `age` does, written and read back. */
  readonly makeMs: number;
  /** Reading, opening and comparing with an empty vault. */
  readonly openMs: number;
  /** From the user's word to the end: the list of changes, every value and every record on disk. */
  readonly restoreMs: number;
  /** The longest time for which the app's own thread answered nothing meanwhile. */
  readonly longestPauseMs: number;
  readonly bytes: number;
}

const passphrase = 'correct horse battery staple';
const worker = (name: string): string => path.join(import.meta.dirname, '../../main/secrets', name);
const sealing = threadedPassphraseSealing(worker('passphrase-worker.ts'));
const batches = threadedSealedBatches(worker('sealed-files-worker.ts'));

/** Makes a backup of a vault with that many keys and restores it into an empty one. */
export async function backupCost(count: number): Promise<BackupCost> {
  const root = await mkdtemp(path.join(tmpdir(), 'keyturn-backup-'));
  try {
    const full = await aVault(path.join(root, 'full'), count);
    const empty = await aVault(path.join(root, 'empty'), 0);
    const file = path.join(root, 'vault.age');
    const pauses = watchPauses();

    const making = performance.now();
    const made = unwrap(
      await makeBackup(
        { ...full, sealing, settings: settingsSchema.parse({}), now: Date.now },
        { file, passphrase, replace: false },
        { isCancelled: () => false, progress: () => undefined },
      ),
    );
    const opening = performance.now();
    const archive = unwrap(await openBackup(sealing, file, passphrase, () => false));
    const plan = planRestore(archive, heldIn(empty.records), empty.describe);
    const restoring = performance.now();
    const list = listOf(plan, { mode: 'merge', takeBackup: [] });
    unwrap(await empty.pending.write(list));
    unwrap(await applyRestore(list, { ...empty, setSettings: async () => done, now: Date.now }));
    const end = performance.now();

    if (made.withoutValue.length > 0 || empty.records.keys.all().length !== count)
      throw new Error('The backup did not hold every key');
    return {
      keys: count,
      makeMs: opening - making,
      openMs: restoring - opening,
      restoreMs: end - restoring,
      longestPauseMs: pauses.stop(),
      bytes: made.bytes,
    };
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function aVault(folder: string, count: number) {
  const dataKey = randomBytes(32);
  const records = path.join(folder, 'records');
  const { keys, connections } = await seedRecords(records, dataKey, count);
  const identityLock = identityLockBy(sealing);
  const secrets = unwrap(
    await createSealedFiles({
      folder: path.join(folder, 'secrets'),
      lock: { by: 'passphrase', passphrase: new Secret(passphrase), identityLock },
      workFactor: 4,
      batches,
    }),
  );
  const values: NamedSecret[] = [
    ...connections.map(({ id }) => [`connection/${id}`, aValue('token')] as const),
    ...keys.map(({ id }) => [`key/${id}`, aValue('API_KEY')] as const),
  ];
  for await (const put of putMany(secrets, count === 0 ? [] : values)) unwrap(put);
  return {
    secrets,
    records: unwrap(await openRecords({ folder: records, dataKey, openStore: confStores(records) })),
    activity: unwrap(await openActivity({ folder: path.join(folder, 'activity') })),
    pending: pendingRestoreIn({ folder, dataKey, random: randomBytes, now: Date.now }),
    describe: (fields: Readonly<Record<string, Secret>>) =>
      describeFields(fields, (value) =>
        createHmac('sha256', dataKey).update(value.reveal()).digest('base64url'),
      ),
  };
}

function aValue(field: string): Secret {
  return packFields({ [field]: new Secret(`sk_live_${randomBytes(24).toString('base64url')}`) });
}

/** Ticks every 10 ms; the longest time between two ticks. */
function watchPauses(): { stop(): number } {
  let longest = 0;
  let last = performance.now();
  const ticking = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 10);
  return {
    stop() {
      clearInterval(ticking);
      return longest;
    },
  };
}

function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

if (import.meta.main) {
  for (const count of [10, 1_000, 10_000])
    process.stdout.write(`${JSON.stringify(await backupCost(count))}\n`);
}
