import { createHmac, hkdfSync } from 'node:crypto';
import path from 'node:path';
import type { Calendar } from '../shared/domain/calendar.ts';
import type { SecretStoreFailure } from '../shared/domain/failure.ts';
import type { Ids, KeyId } from '../shared/domain/ids.ts';
import type { KeyRecord } from '../shared/domain/key.ts';
import { settingsSchema } from '../shared/domain/settings.ts';
import { keysOf, type Work } from '../shared/domain/work.ts';
import type { KeyturnContract } from '../shared/ipc/contract.ts';
import { ok, type Result } from '../shared/result.ts';
import { finishRestore } from './backup/apply-restore.ts';
import { restoreSettings, type VaultToBackUp } from './backup/backups.ts';
import { pendingRestoreIn } from './backup/pending-restore.ts';
import type { RestoreGate } from './backup/restore-gate.ts';
import type { Clock } from './clock.ts';
import type { ProviderCatalog } from './connections/connection-ports.ts';
import { connectionViews } from './connections/connection-views.ts';
import { openProvider } from './connections/open-provider.ts';
import type { EnvFiles } from './env-files/env-files.ts';
import { createFileWatch } from './env-files/file-watch-by-folder.ts';
import { createInPlaceJournal, type InPlaceJournal } from './env-files/in-place-journal.ts';
import type { Git } from './git/git.ts';
import type { Announcer } from './ipc/announce.ts';
import { describeFields } from './keys/describe-fields.ts';
import { createDueLookup, type DueLookup, dueChanges } from './keys/due-of-key.ts';
import type { KeyPorts } from './keys/key-ports.ts';
import { rowOf, workViewOf } from './keys/key-views.ts';
import { createTargetWatch, type TargetWatch } from './keys/target-watch.ts';
import { tellingEnvFiles } from './keys/telling-env-files.ts';
import { createWorks } from './keys/works.ts';
import type { Log } from './log.ts';
import type { DueKeys } from './reminders/due-keys.ts';
import type { SecretStore } from './secrets/secret-store.ts';
import { announcingActivity, announcingRecords } from './storage/announcing.ts';
import { createAsideReader } from './storage/aside-records.ts';
import { openActivity } from './storage/file-activity.ts';
import { openJournal } from './storage/file-journal.ts';
import { openRecords } from './storage/open-records.ts';
import { openedToWrite } from './storage/opened-to-write.ts';
import type { SettingsStore } from './storage/settings.ts';
import type { OpenStore } from './storage/store-like.ts';
import { createKeptDamage, type KeptDamage } from './vault/kept-damage.ts';

/** What an open vault is built from, and whom it tells. */
export interface OpenVaultOptions {
  readonly dataFolder: string;
  readonly openStores: (folder: string) => OpenStore;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  readonly ids: Ids;
  readonly log: Log;
  readonly settings: SettingsStore;
  /** The calendar of the zone that the machine is in at this moment. */
  readonly calendar: () => Calendar;
  readonly tellSettings: () => void;
  readonly tellProviders: () => void;
  readonly catalog: ProviderCatalog;
  /** Makes a provider that the app itself plays answer. */
  readonly ready: (providerId: string) => Promise<void>;
  readonly envFiles: EnvFiles;
  readonly git: Pick<Git, 'standingOf'>;
  readonly gate: RestoreGate;
  readonly announcements: Announcer<KeyturnContract>;
  /** A record was changed that may bear on when keys are due. */
  readonly duesChanged: () => void;
}

/** The vault while it is open, with all that lives as long as it does. */
export interface OpenVault extends VaultToBackUp {
  readonly damage: KeptDamage;
  readonly targets: TargetWatch;
  /** What edits in place can be taken back with. */
  readonly pendingEdits: InPlaceJournal;
  /** Its keys, and when each is due as things are at this moment. */
  dueKeys(): DueKeys;
  /** Tells of the keys that the settings or the zone of the machine have made due on other days, if any. */
  tellDueChanges(): void;
}

/** Opens records, journal and activity under the data key, ends a restore that was cut short, and builds the rest on them. */
export async function openVault(
  options: OpenVaultOptions,
  secrets: SecretStore,
  dataKey: Uint8Array,
): Promise<Result<OpenVault, SecretStoreFailure>> {
  const { dataFolder, clock, random, log, settings, tellSettings, catalog, announcements } = options;
  const folder = path.join(dataFolder, 'records');
  const records = await openRecords({
    folder,
    dataKey,
    openStore: openedToWrite(folder, options.openStores(folder)),
  });
  if (!records.ok) return records;
  const journal = await openJournal({ file: path.join(dataFolder, 'journal.jsonl') });
  if (!journal.ok) return journal;
  const activity = await openActivity({ folder: path.join(dataFolder, 'activity') });
  if (!activity.ok) return activity;
  const pendingRestore = pendingRestoreIn({ folder: dataFolder, dataKey, random, now: clock.now });
  const ended = await finishRestore({
    secrets,
    records: records.value,
    activity: activity.value,
    setSettings: (restored) => restoreSettings(settings, restored, tellSettings),
    pending: pendingRestore,
    now: clock.now,
  });
  if (!ended.ok) return ended;
  const pendingEdits = createInPlaceJournal({
    folder: path.join(dataFolder, 'pending-edits'),
    dataKey,
    random,
  });

  const told = announcingRecords(
    { ...records.value, setAside: [...records.value.setAside, ...pendingRestore.setAside] },
    {
      keyChanged: (id, isCounted) => {
        targets.keysChanged([id]);
        tellKeys([id]);
        if (isCounted) tellConnections();
        options.duesChanged();
      },
      keysChanged: (keyIds, isCounted) => {
        targets.keysChanged(keyIds);
        tellKeys(keyIds);
        if (isCounted) tellConnections();
        options.duesChanged();
      },
      connectionChanged: (id, isOfOtherPeriod) => {
        tellConnections();
        if (!isOfOtherPeriod) return;
        tellKeysWhere((key) => key.connectionId === id);
        options.duesChanged();
      },
      definitionChanged: (id) => {
        options.tellProviders();
        tellConnections();
        // Keys are shown with the name of their provider.
        tellKeysWhere(({ connectionId }) => told.connections.get(connectionId)?.providerId === id);
      },
    },
  );
  const duesNow = (): DueLookup =>
    createDueLookup({ records: told, settings: settings.get(), calendar: options.calendar() });
  let toldDues = duesNow();
  function tellDueChanges(): void {
    const dues = duesNow();
    const keys = dueChanges(told.keys.all(), toldDues, dues);
    toldDues = dues;
    if (keys.length > 0) tellKeys(keys.map(({ id }) => id));
  }
  function dueKeys(): DueKeys {
    const { dueOf } = duesNow();
    const providerOf = (key: KeyRecord): string => {
      const id = told.connections.get(key.connectionId)?.providerId ?? '';
      return catalog.summary(id)?.name ?? id;
    };
    const underWay = keysUnderWay(ports.journal.unfinished());
    return { all: told.keys.all(), get: (id) => told.keys.get(id), dueOf, providerOf, underWay };
  }
  function tellKeys(keyIds: readonly KeyId[]): void {
    const kept = keyIds.flatMap((id) => told.keys.get(id) ?? []);
    const around = {
      records: told,
      providerOf: catalog.summary,
      astrayOf: targets.astrayOf,
      dues: duesNow(),
    };
    announcements.announce('keys.changed', {
      changed: kept.map((key) => rowOf(key, around)),
      removed: keyIds.filter((id) => told.keys.get(id) === undefined),
    });
  }
  function tellKeysWhere(isMeant: (key: KeyRecord) => boolean): void {
    const keys = told.keys.all().filter(isMeant);
    if (keys.length > 0) tellKeys(keys.map(({ id }) => id));
  }
  function tellConnections(): void {
    announcements.announce('connections.changed', { connections: connectionViews(told, catalog) });
  }

  const fingerprintKey = Buffer.from(hkdfSync('sha256', dataKey, '', 'fingerprints', 32));
  const fingerprint: KeyPorts['fingerprint'] = (value) =>
    createHmac('sha256', fingerprintKey).update(value.reveal()).digest('base64url');
  const targets = createTargetWatch({
    keys: records.value.keys,
    envFiles: options.envFiles,
    fingerprint,
    createFileWatch,
    changed: (keys) => announcements.announce('keys.targetsChanged', { keys: [...keys] }),
    astrayChanged: tellKeys,
    failed: (cause) => log.failed('look at targets', cause),
  });
  const ports: KeyPorts = {
    clock,
    ids: options.ids,
    secrets,
    records: told,
    journal: journal.value,
    activity: announcingActivity(activity.value, (entry) => announcements.announce('activity.added', entry)),
    envFiles: tellingEnvFiles(options.envFiles, (file) => targets.filesChanged([file])),
    git: options.git,
    openProvider: (id) => openProvider({ records: told, secrets, catalog, ready: options.ready }, id),
    fingerprint,
    announceWork: (work) => {
      targets.workChanged(work);
      announcements.announce('work.changed', workViewOf(work, told, catalog.summary));
    },
    unstored: new Map(),
  };
  const works = options.gate.guard(createWorks(ports));
  const damage = createKeptDamage({
    dataFolder,
    reader: createAsideReader(dataKey),
    records: told,
    journal: journal.value,
    works,
    activity: activity.value,
    settings: {
      get: settings.get,
      async set(changes) {
        const changed = await settings.set(changes);
        if (changed.ok) tellSettings();
        return changed;
      },
    },
    defaults: settingsSchema.parse({}),
  });
  return ok({
    secrets,
    records: told,
    activity: ports.activity,
    ports,
    works,
    pendingRestore,
    describeFields: (fields) => describeFields(fields, fingerprint),
    damage,
    targets,
    pendingEdits,
    dueKeys,
    tellDueChanges,
  });
}

/** The keys that work is about which is running. What waits for the user, or for the end of a grace, is no reason to keep quiet. */
function keysUnderWay(unfinished: readonly Work[]): ReadonlySet<KeyId> {
  const running = unfinished.filter(({ blocked, state }) => blocked === null && state.step !== 'retiring');
  return new Set(running.flatMap(keysOf));
}
