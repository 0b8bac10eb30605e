import path from 'node:path';
import { failure } from '../shared/domain/failure.ts';
import { createIds, type KeyId } from '../shared/domain/ids.ts';
import { isPlayedBySandbox } from '../shared/domain/sandbox.ts';
import type { VaultStatus } from '../shared/domain/vault.ts';
import type { AppStatus, AskedPlace } from '../shared/ipc/app.contract.ts';
import { contract, type KeyturnContract } from '../shared/ipc/contract.ts';
import type { Handlers } from '../shared/ipc/define.ts';
import { fail } from '../shared/result.ts';
import { backupHandlers } from './backup/backup.handlers.ts';
import { createBackups } from './backup/backups.ts';
import { createRestoreGate } from './backup/restore-gate.ts';
import { type Clock, createJumpWatch, steadyNow } from './clock.ts';
import type { ConnectionPorts } from './connections/add-connection.ts';
import { connectionsHandlers } from './connections/connections.handlers.ts';
import type { Desktop } from './desktop/desktop.ts';
import { createDiskEnvFiles } from './env-files/disk-env-files.ts';
import type { InPlaceJournal } from './env-files/in-place-journal.ts';
import { type Recovery, recoverInPlace } from './env-files/in-place-recovery.ts';
import { filesHandlers } from './files/files.handlers.ts';
import { findsHandlers } from './finds/finds.handlers.ts';
import { createKeptFinds } from './finds/kept-finds.ts';
import { createGit } from './git/create-git.ts';
import { lineTimes } from './git/line-times.ts';
import { runGit } from './git/run-git.ts';
import { type Announcer, createAnnouncer } from './ipc/announce.ts';
import { adoptKey } from './keys/adopt-key.ts';
import { createClipboardKeeper } from './keys/clipboard-keeper.ts';
import { createDueLookup } from './keys/due-of-key.ts';
import { followTarget } from './keys/follow-target.ts';
import { keysHandlers } from './keys/keys.handlers.ts';
import { keysInFile } from './keys/keys-in-file.ts';
import { obtained } from './keys/obtained.ts';
import { knownKey } from './keys/pasted-key.ts';
import { projectFolders } from './keys/project-folders.ts';
import { rememberLastUse } from './keys/remember-last-use.ts';
import { snoozeKeys } from './keys/snooze-keys.ts';
import type { TargetWatch } from './keys/target-watch.ts';
import { workHandlers } from './keys/work.handlers.ts';
import { type LeaksProgram, leaksHandlers } from './leaks/leaks.handlers.ts';
import type { Log } from './log.ts';
import { type OpenVault, openVault } from './open-vault.ts';
import { createProviderCatalog } from './providers/provider-catalog.ts';
import { createReminderKeeper } from './reminders/reminder-keeper.ts';
import { remindersHandlers } from './reminders/reminders.handlers.ts';
import { createSandboxKeeper } from './sandbox/sandbox-keeper.ts';
import { createSearchRun } from './search-run.ts';
import { identityLockBy } from './secrets/identity-lock.ts';
import type { KeychainWorkerLauncher } from './secrets/keychain-protocol.ts';
import type { PassphraseSealing } from './secrets/passphrase-sealing.ts';
import type { SealedBatches } from './secrets/sealed-batches.ts';
import { createSecretPlaces } from './secrets/secret-places.ts';
import { appHandlers } from './settings/app.handlers.ts';
import { lazyStore } from './storage/lazy-store.ts';
import { openSettings } from './storage/settings.ts';
import type { OpenStore } from './storage/store-like.ts';
import { moveVaultFileAside, readVaultFile, writeVaultFile } from './storage/vault-file.ts';
import { settleLostWork } from './vault/lost-work.ts';
import { vaultHandlers } from './vault/vault.handlers.ts';
import type { Vault } from './vault/vault.ts';
import { createVaultKeeper, type VaultKeeperOptions } from './vault/vault-keeper.ts';
import { createZoneCalendar } from './zone-calendar.ts';

/** Everything of the world that the app touches. */
export interface AppOptions {
  readonly desktop: Desktop;
  readonly dataFolder: string;
  readonly version: string;
  readonly clock: Clock;
  readonly random: (bytes: number) => Uint8Array;
  readonly fetch: typeof fetch;
  readonly launchKeychainWorker: KeychainWorkerLauncher;
  readonly sealing: PassphraseSealing;
  /** Threads for many sealed files at once; null where everything is done in the one that asks. */
  readonly sealedBatches: SealedBatches | null;
  readonly leaks: LeaksProgram;
  /** Opens a store in a folder of the data folder. */
  readonly openStores: (folder: string) => OpenStore;
  readonly log: Log;
}

export interface App {
  readonly handlers: Handlers<KeyturnContract>;
  readonly announcements: Announcer<KeyturnContract>;
  /** Clears the clipboard, waits for running work to come to a stop, and lets go of everything. */
  stop(): Promise<void>;
}

/** How often work that only waits for its time is looked at. */
const tickMs = 15_000;

/**
 * How long a vault is open before the files of its targets are looked at. With many keys that takes longer than all else
 * that a start does, and the page waits for its list meanwhile.
 */
const watchAfterMs = 1_000;

/**
 * Builds the app, top to bottom, and begins to open the vault. Answers at once: a keychain that takes its time is a
 * state of the vault, not a reason to show nothing.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { desktop, dataFolder, version, clock, random, log } = options;
  const announcements = createAnnouncer(contract, log);
  const settings = openSettings({
    store: lazyStore(path.join(dataFolder, 'settings.json'), () =>
      options.openStores(dataFolder)('settings'),
    ),
  });
  const ids = createIds(random);
  /** What edits in place can be taken back with; only an open vault has it, and only an open vault writes. */
  let pendingEdits: InPlaceJournal | null = null;
  /** What the user asked for by a notice of the desktop, until a page takes it. */
  let asked: AskedPlace | null = null;
  const envFiles = createDiskEnvFiles({ inPlaceJournal: () => pendingEdits });
  const git = createGit();
  const searches = createSearchRun({
    announce: (progress) => announcements.announce('search.progress', progress),
  });
  const keptFinds = createKeptFinds();
  const catalog = createProviderCatalog({
    fetch: options.fetch,
    clock,
    own: () => vault.current()?.records.definitions ?? null,
  });
  const sandbox = createSandboxKeeper({ folder: path.join(dataFolder, 'sandbox'), clock: clock.now, random });

  /** A sandbox that cannot start is then one that cannot be reached, which is told as that. */
  async function ready(providerId: string): Promise<void> {
    if (isPlayedBySandbox(providerId)) await sandbox.start();
  }

  const clipboard = createClipboardKeeper(desktop.clipboard, clock, () =>
    announcements.announce('app.changed', status()),
  );
  desktop.onAway(() => void clipboard.clear());
  const status = (): AppStatus => ({
    host: desktop.host,
    version,
    platform: process.platform,
    dataFolder,
    clipboard: clipboard.state(),
  });

  function tellSettings(): void {
    announcements.announce('settings.changed', settings.get());
    openNow()?.tellDueChanges();
    reminding.changed();
  }
  const calendar = createZoneCalendar(() => desktop.zone());
  const gate = createRestoreGate();
  /** Each vault that was opened, with what lives as long as it is open. */
  const opened = new WeakMap<Vault, OpenVault>();
  /** What watches the targets of the vault that is open, and the end of what watched before. */
  let watching: TargetWatch | null = null;
  let unwatched: Promise<void> = Promise.resolve();
  let beginningToWatch: NodeJS.Timeout | undefined;
  /** Whether there were definitions of the user's own when the page was told of them last. */
  let hadOwnProviders = false;

  const build: VaultKeeperOptions['build'] = async (secrets, dataKey) => {
    const built = await openVault(
      {
        dataFolder,
        openStores: options.openStores,
        clock,
        random,
        ids,
        log,
        settings,
        calendar,
        tellSettings,
        tellProviders,
        catalog,
        ready,
        envFiles,
        git,
        gate,
        announcements,
        duesChanged: () => reminding.changed(),
      },
      secrets,
      dataKey,
    );
    if (!built.ok) return built;
    pendingEdits = built.value.pendingEdits;
    // Nobody waits for it: a file that is written before its turn comes is looked at first.
    void recoverInPlace(pendingEdits, { now: clock.now }).then(noteRecovery);
    opened.set(built.value, built.value);
    return built;
  };

  const vault = createVaultKeeper({
    places: createSecretPlaces({
      folder: path.join(dataFolder, 'secrets'),
      launchKeychainWorker: options.launchKeychainWorker,
      identityLock: identityLockBy(options.sealing),
      batches: options.sealedBatches,
    }),
    file: {
      read: () => readVaultFile(dataFolder),
      moveAside: () => moveVaultFileAside(dataFolder, clock.now()),
      write: (file) => writeVaultFile(dataFolder, file),
    },
    random,
    now: clock.now,
    build,
    changed: vaultChanged,
  });

  function openNow(): OpenVault | null {
    const open = vault.current();
    return open === null ? null : (opened.get(open) ?? null);
  }

  const hasOwnProviders = () => (vault.current()?.records.definitions.all().length ?? 0) > 0;

  function tellProviders(): void {
    hadOwnProviders = hasOwnProviders();
    announcements.announce('providers.changed', { providers: [...catalog.summaries()] });
  }

  /** The definitions of the user's own come and go with the vault. Without any there is nothing to tell at a start. */
  function tellOwnProviders(): void {
    if (hadOwnProviders || hasOwnProviders()) tellProviders();
  }

  function noteRecovery({ recovered, unreadable }: Recovery): void {
    for (const { file, outcome, reason } of recovered)
      log.note(`edit in place of ${file}`, `${outcome} ${reason}`);
    for (const record of unreadable) log.note('edit in place', `record not readable: ${record}`);
  }

  function vaultChanged(next: VaultStatus): void {
    tellOwnProviders();
    announcements.announce('vault.changed', next);
    watchTargets();
    reminding.begin();
    if (next.vault.state === 'open') {
      takeUpWork().catch((cause: unknown) => log.failed('take up work', cause));
      return;
    }
    searches.cancel();
    keptFinds.forget();
    void clipboard.clear();
  }

  /** The targets of the vault that is open are watched, and no other's. */
  function watchTargets(): void {
    const open = openNow();
    const next = open?.targets ?? null;
    if (next === watching) return;
    const before = watching;
    watching = next;
    if (before !== null)
      unwatched = before.stop().catch((cause: unknown) => void log.failed('stop watching targets', cause));
    clearTimeout(beginningToWatch);
    if (open === null) return;
    const begin = () => open.targets.start(open.ports.journal.unfinished());
    beginningToWatch = setTimeout(begin, watchAfterMs).unref();
  }

  /** What was cut short goes on as soon as the vault is open; the sandbox has to be there first if anything uses it. */
  async function takeUpWork(): Promise<void> {
    const open = vault.current();
    if (open === null) return;
    if (open.records.connections.all().some((one) => isPlayedBySandbox(one.providerId)))
      await sandbox.start();
    // Locked meanwhile: the work belongs to whoever opens the vault next.
    if (vault.current() !== open) return;
    await settleLostWork(open.records, (id) => open.works.ofKey(id) !== undefined);
    await open.works.resume();
  }

  const reminding = createReminderKeeper({
    dataFolder,
    now: clock.now,
    steady: steadyNow,
    calendar,
    desktop,
    settings: settings.get,
    async keepCalendarFile(calendarFile) {
      const set = await settings.set({ calendarFile });
      if (set.ok) tellSettings();
      return set;
    },
    keys: () => openNow()?.dueKeys() ?? null,
    snooze,
    noticesChanged: (notices) => announcements.announce('reminders.changed', { notices: [...notices] }),
    calendarChanged: (state) => announcements.announce('calendar.changed', state),
    open: (what) => {
      asked = what;
      announcements.announce('app.asked', {});
    },
    zoneChanged: () => openNow()?.tellDueChanges(),
    log,
  });

  async function snooze(ids: readonly KeyId[], until: string | null) {
    const open = vault.current();
    return open === null ? fail(failure('vault-closed')) : snoozeKeys(open.ports, ids, until);
  }

  function connectionPorts(): ConnectionPorts | null {
    const open = vault.current();
    if (open === null) return null;
    const { records, secrets, activity } = open;
    return { clock, ids, records, secrets, activity, journal: open.ports.journal, catalog, ready };
  }

  const backups = createBackups({
    vault: openNow,
    now: clock.now,
    random,
    sealing: options.sealing,
    settings,
    settingsChanged: tellSettings,
    gate,
    progress: (state) => announcements.announce('backup.progress', state),
    stopped: () => {
      vault
        .lock()
        .then(() => vault.open())
        .catch((cause: unknown) => log.failed('restore', cause));
    },
  });

  const providerOf = catalog.summary;
  const handlers: Handlers<KeyturnContract> = {
    ...vaultHandlers(vault, (open) => opened.get(open)?.damage ?? null),
    ...appHandlers({
      vault: vault.current,
      status,
      settings,
      settingsChanged: tellSettings,
      takeAsked() {
        const taken = asked;
        asked = null;
        return taken;
      },
    }),
    ...filesHandlers({
      envFiles,
      keysIn: async (paths, self) => {
        const open = vault.current();
        return open === null ? null : keysInFile(open.ports, paths, self);
      },
      git,
      desktop,
    }),
    ...leaksHandlers({ ...options.leaks, vault: vault.current, git, search: searches }),
    ...findsHandlers({
      vault: vault.current,
      searches,
      kept: keptFinds,
      providers: catalog,
      git,
      lineTimes: (file) => lineTimes(runGit, file),
      newId: () => Buffer.from(random(12)).toString('base64url'),
      knownKey: (open, value) => knownKey(open, providerOf, value),
      adoptKey: async (open, { since, follow, ...wish }) => {
        const request = { ...wish, issuedAt: since, providerKeyId: null, targets: follow };
        const adopted = await adoptKey(open.ports, open.works, request);
        return adopted.ok ? obtained(adopted.value) : adopted;
      },
      followTarget: (open, id, target) => followTarget(open.ports, open.works, id, target),
    }),
    ...backupHandlers(backups),
    ...remindersHandlers({ keeper: reminding, desktop, snooze }),
    ...connectionsHandlers({
      ports: connectionPorts,
      catalog,
      desktop,
      async listed(id, keys) {
        const open = vault.current();
        if (open === null) return;
        const remembered = await rememberLastUse(open.ports, id, keys);
        // What was asked for is the list; the next one tells again when keys were used.
        if (!remembered.ok) log.note('last use of keys', remembered.error.code);
      },
      sandbox,
    }),
    ...keysHandlers({
      vault: vault.current,
      providerOf,
      catalog,
      clipboard,
      clipboardSeconds: () => settings.get().clipboardSeconds,
      targets: {
        astrayOf: (id) => watching?.astrayOf(id) ?? 0,
        seen: (id, states) => watching?.seen(id, states),
      },
      dues: (records) => createDueLookup({ records, settings: settings.get(), calendar: calendar() }),
      projectFolders,
    }),
    ...workHandlers({
      vault: vault.current,
      providerOf,
      batchChanged: (batch) => announcements.announce('work.batchChanged', batch),
    }),
  };

  const hasJumped = createJumpWatch(clock.now, steadyNow);
  const ticking = setInterval(() => {
    backups.tick();
    reminding.tick();
    if (hasJumped()) return;
    void vault
      .current()
      ?.works.tick()
      .catch((cause: unknown) => log.failed('tick', cause));
  }, tickMs);
  void vault.open();

  return {
    handlers,
    announcements,
    async stop() {
      clearInterval(ticking);
      const reminded = reminding.stop();
      // First, because running work may take longer than there is time, and once more for what came meanwhile.
      await clipboard.clear();
      await vault.lock();
      await unwatched;
      await reminded;
      await clipboard.clear();
      await sandbox.stop();
    },
  };
}
