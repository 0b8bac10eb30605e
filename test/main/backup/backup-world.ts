import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { finishRestore } from '../../../main/backup/apply-restore.ts';
import { createBackups, restoreSettings, type VaultToBackUp } from '../../../main/backup/backups.ts';
import { pendingRestoreIn } from '../../../main/backup/pending-restore.ts';
import { createRestoreGate } from '../../../main/backup/restore-gate.ts';
import { describeFields } from '../../../main/keys/describe-fields.ts';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';
import { createSealedFiles, openSealedFiles } from '../../../main/secrets/sealed-file-secret-store.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { packFields, unpackFields } from '../../../main/secrets/secret-fields.ts';
import type { SecretName, SecretStore } from '../../../main/secrets/secret-store.ts';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openActivity } from '../../../main/storage/file-activity.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import { openSettings } from '../../../main/storage/settings.ts';
import type { BackupProgress } from '../../../shared/ipc/backup.contract.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { createPower, type Power, through } from '../../fakes/power-cut.ts';
import { createKeyWorld } from '../../support/key-world.ts';
import { newFolder, unwrap } from '../storage/support.ts';

export const passphrase = 'correct horse battery';
export const start = Date.UTC(2026, 0, 1);

/**
 * A vault on the disk: real records, activity, settings and pending restore in a folder of its own; its secrets in
 * sealed files there, or in a keychain in memory. `open` begins a run of the app over them.
 */
export async function createBackupWorld(secretsIn: 'sealed-files' | 'memory' = 'memory') {
  const root = await newFolder();
  const folder = join(root, 'data');
  const dataKey = randomBytes(32);
  const clock = createFakeClock(start);
  const keychain = createMemorySecretStore({ items: [['vault', 'data key']] });
  const lock = { by: 'keychain', keychain } as const;
  const sealed = join(folder, 'secrets');
  if (secretsIn === 'sealed-files') unwrap(await createSealedFiles({ folder: sealed, lock }));
  const keys = createKeyWorld();
  const fingerprint = (value: Secret) => createHmac('sha256', dataKey).update(value.reveal()).digest('hex');
  const describeHere = (fields: Readonly<Record<string, Secret>>) => describeFields(fields, fingerprint);

  const openSecrets = async (): Promise<SecretStore> =>
    secretsIn === 'memory' ? keychain : unwrap(await openSealedFiles({ folder: sealed, lock }));

  /** One run of the app: all that it changes goes through its power. */
  async function open(power: Power = createPower()) {
    const wired = <T extends object>(name: string, port: T, methods: readonly (keyof T & string)[]): T =>
      through(name, port, methods, power.effect);
    const secrets = wired('secrets', await openSecrets(), ['put', 'get', 'drop']);
    const recordsFolder = join(folder, 'records');
    const onDisk = unwrap(
      await openRecords({ folder: recordsFolder, dataKey, openStore: confStores(recordsFolder) }),
    );
    const records = {
      ...onDisk,
      keys: wired('keys', onDisk.keys, ['putAll', 'removeAll']),
      connections: wired('connections', onDisk.connections, ['putAll', 'removeAll']),
      definitions: wired('definitions', onDisk.definitions, ['putAll', 'removeAll']),
    };
    const activity = wired('activity', unwrap(await openActivity({ folder: join(folder, 'activity') })), [
      'add',
    ]);
    const settings = wired('settings', openSettings({ store: confStores(folder)('settings') }), ['set']);
    const pendingRestore = wired(
      'pending',
      pendingRestoreIn({ folder, dataKey, random: randomBytes, now: clock.now }),
      ['write', 'clear'],
    );
    const ended = await Promise.race([
      finishRestore({
        secrets,
        records,
        activity,
        pending: pendingRestore,
        now: clock.now,
        setSettings: (restored) => restoreSettings(settings, restored, () => undefined),
      }),
      power.gone,
    ]);
    const gate = createRestoreGate();
    const vault: VaultToBackUp = {
      secrets,
      records,
      activity,
      ports: keys.ports,
      works: gate.guard(keys.works),
      pendingRestore,
      describeFields: describeHere,
    };
    let isOpen = true;
    const progress: (BackupProgress | null)[] = [];
    const stopped: string[] = [];
    const backups = createBackups({
      vault: () => (isOpen ? vault : null),
      now: clock.now,
      random: randomBytes,
      sealing: passphraseSealingInPlace,
      settings,
      settingsChanged: () => undefined,
      gate,
      progress: (state) => progress.push(state),
      stopped: () => stopped.push('stopped'),
      workFactor: 4,
    });
    return {
      ...backups,
      vault,
      ended,
      power,
      settings,
      gate,
      progress,
      stopped,
      closeVault() {
        isOpen = false;
      },
      /** All that a person has in the vault, as it can be read back. */
      async content() {
        const names = [
          ...records.connections.all().map(({ id }) => `connection/${id}` as const),
          ...records.keys.all().map(({ id }) => `key/${id}` as const),
        ];
        const values: [SecretName, string][] = [];
        for (const name of names.sort()) {
          const got = await secrets.get(name);
          const fields = got.ok ? unpackFields(got.value, name) : got;
          const plain = fields.ok
            ? JSON.stringify(Object.entries(fields.value).map(([field, value]) => [field, value.reveal()]))
            : fields.error.code;
          values.push([name, plain]);
        }
        const { lastBackupAt: _, ...kept } = settings.get();
        return {
          definitions: byId(records.definitions.all()),
          connections: byId(records.connections.all()),
          keys: byId(records.keys.all()),
          values,
          settings: kept,
        };
      },
    };
  }

  return {
    root,
    folder,
    file: join(root, 'vault.age'),
    clock,
    keychain,
    keys,
    describeHere,
    open,
    fields: (value: string) => ({ API_KEY: new Secret(value) }),
    packed: (value: string) => packFields({ API_KEY: new Secret(value) }),
  };
}

export type BackupWorld = Awaited<ReturnType<typeof createBackupWorld>>;
export type BackupRun = Awaited<ReturnType<BackupWorld['open']>>;

function byId<R extends { readonly id: string }>(records: readonly R[]): R[] {
  return [...records].sort((a, b) => (a.id < b.id ? -1 : 1));
}
