import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import { isAlive } from '../../shared/domain/key.ts';
import { isUnfinished } from '../../shared/domain/work.ts';
import type { BackupProgress, RestorePreview } from '../../shared/ipc/backup.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { PassphraseSealing } from '../secrets/passphrase-sealing.ts';
import type { SettingsStore } from '../storage/settings.ts';
import { createLine } from '../turns.ts';
import type { Vault } from '../vault/vault.ts';
import { applyRestore } from './apply-restore.ts';
import type { Archive } from './archive.ts';
import {
  type MadeBackup,
  type MakeFailure,
  type MakeRequest,
  makeBackup,
  type Watch,
} from './make-backup.ts';
import { countsOf, heldIn, type OpenBackupFailure, openBackup, previewOf } from './open-backup.ts';
import type { PendingRestore } from './pending-restore.ts';
import { type DescribeFields, planRestore } from './plan-restore.ts';
import type { RestoreGate } from './restore-gate.ts';
import { listOf, type RestoreChoice } from './restore-list.ts';

/** The vault while it is open, with what a restore needs beside. */
export interface VaultToBackUp extends Vault {
  readonly pendingRestore: PendingRestore;
  readonly describeFields: DescribeFields;
}

export interface BackupPorts {
  readonly vault: () => VaultToBackUp | null;
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly sealing: PassphraseSealing;
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly settingsChanged: () => void;
  readonly gate: RestoreGate;
  readonly progress: (state: BackupProgress | null) => void;
  /** A restore that is decided stopped in the middle: the vault is not to be seen before it is at its end. */
  readonly stopped: () => void;
  readonly workFactor?: number;
}

type Closed = Failure<'vault-closed'>;

export interface RestoreWish extends RestoreChoice {
  readonly token: string;
  /** Confirms that living keys which only the vault has are forgotten. */
  readonly forgetLiving: boolean;
}

export interface Restored {
  readonly added: ReturnType<typeof countsOf>;
  readonly changed: number;
  readonly removed: number;
}

export type RestoreFailure =
  | Closed
  | SecretStoreFailure
  | Failure<'backup-not-open' | 'work-running' | 'key-still-alive'>;

/** Backups: one thing at a time, and at most one opened one in memory. */
export interface Backups {
  make(request: MakeRequest): Promise<Result<MadeBackup, MakeFailure | Closed>>;
  open(file: string, passphrase: string): Promise<Result<RestorePreview, OpenBackupFailure | Closed>>;
  restore(wish: RestoreWish): Promise<Result<Restored, RestoreFailure>>;
  /** Forgets what is opened, and stops what is being made or opened. A restore that has begun goes on. */
  cancel(): void;
  /** Forgets what has been open for long enough. */
  tick(): void;
}

/** How long an opened backup is kept in memory. */
export const openForMs = 600_000;

/** How many secrets pass between two words about the progress. */
const progressEvery = 100;

interface Opened {
  readonly token: string;
  readonly archive: Archive;
  readonly vault: VaultToBackUp;
  readonly until: number;
}

export function createBackups(ports: BackupPorts): Backups {
  const { now, random, sealing, settings, gate } = ports;
  const inLine = createLine();
  let opened: Opened | null = null;
  /** What is asked for from now on was not meant by an earlier cancel. */
  let cancels = 0;

  /** Carries out what can be cancelled from the moment on at which it was asked for. */
  function watched<T>(doing: BackupProgress['doing'], act: (watch: Watch) => Promise<T>): Promise<T> {
    const asked = cancels;
    return inLine(async () => {
      ports.progress({ doing, done: 0, total: 0 });
      try {
        return await act({
          isCancelled: () => cancels !== asked,
          progress: sparingly(doing, ports.progress),
        });
      } finally {
        ports.progress(null);
      }
    });
  }

  async function make(request: MakeRequest, watch: Watch): Promise<Result<MadeBackup, MakeFailure | Closed>> {
    const vault = ports.vault();
    if (vault === null) return fail(failure('vault-closed'));
    const { workFactor } = ports;
    const made = await makeBackup(
      {
        ...vault,
        settings: settings.get(),
        sealing,
        now,
        ...(workFactor === undefined ? {} : { workFactor }),
      },
      request,
      watch,
    );
    if (!made.ok) return made;
    // The backup is there; where this cannot be noted, the reminder comes too early.
    const noted = await settings.set({ lastBackupAt: now() });
    if (noted.ok) ports.settingsChanged();
    return made;
  }

  async function open(
    file: string,
    passphrase: string,
    { isCancelled }: Watch,
  ): Promise<Result<RestorePreview, OpenBackupFailure | Closed>> {
    opened = null;
    if (ports.vault() === null) return fail(failure('vault-closed'));
    const archive = await openBackup(sealing, file, passphrase, isCancelled);
    if (!archive.ok) return archive;
    const vault = ports.vault();
    // Locked meanwhile: nothing of the backup stays.
    if (vault === null) return fail(failure('vault-closed'));
    const token = Buffer.from(random(16)).toString('hex');
    opened = { token, archive: archive.value, vault, until: now() + openForMs };
    const plan = planRestore(archive.value, heldIn(vault.records), vault.describeFields);
    return ok(previewOf(token, archive.value, plan));
  }

  async function restore(
    wish: RestoreWish,
    progress: Watch['progress'],
  ): Promise<Result<Restored, RestoreFailure>> {
    const vault = ports.vault();
    if (vault === null) return fail(failure('vault-closed'));
    tick();
    if (opened === null || opened.token !== wish.token || opened.vault !== vault)
      return fail(failure('backup-not-open'));
    if (vault.works.list().some(isUnfinished)) return fail(failure('work-running'));
    const plan = planRestore(opened.archive, heldIn(vault.records), vault.describeFields);
    const forgetsLiving = wish.mode === 'replace' && plan.onlyHere.keys.some(isAlive);
    if (forgetsLiving && !wish.forgetLiving) return fail(failure('key-still-alive'));

    const list = listOf(plan, wish);
    const decided = await vault.pendingRestore.write(list);
    if (!decided.ok) {
      // Nor may it be found later: what was told to have failed is not done.
      await vault.pendingRestore.clear();
      return decided;
    }
    opened = null;
    const places = { ...vault, pending: vault.pendingRestore, setSettings, now };
    const applied = await applyRestore(list, places, progress);
    if (!applied.ok) {
      ports.stopped();
      return applied;
    }
    const { definitions, connections, keys } = list.removed;
    const written = list.definitions.length + list.connections.length + list.keys.length;
    const added = countsOf(plan.added);
    return ok({
      added,
      changed: written - added.definitions - added.connections - added.keys,
      removed: definitions.length + connections.length + keys.length,
    });
  }

  const setSettings = (restored: Parameters<SettingsStore['set']>[0]) =>
    restoreSettings(settings, restored, ports.settingsChanged);

  function tick(): void {
    if (opened !== null && (opened.until <= now() || ports.vault() !== opened.vault)) opened = null;
  }

  return {
    make: (request) => watched('making', (watch) => make(request, watch)),
    open: (file, passphrase) => watched('opening', (watch) => open(file, passphrase, watch)),
    restore: (wish) => watched('restoring', ({ progress }) => gate.during(() => restore(wish, progress))),
    cancel() {
      cancels += 1;
      opened = null;
    },
    tick,
  };
}

/** The settings of a backup, but for what is this machine's: when it made its last one, and its calendar file. */
export async function restoreSettings(
  settings: Pick<SettingsStore, 'get' | 'set'>,
  restored: Parameters<SettingsStore['set']>[0],
  changed: () => void,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const { lastBackupAt, calendarFile } = settings.get();
  const set = await settings.set({ ...restored, lastBackupAt, calendarFile });
  if (!set.ok) return set;
  changed();
  return ok(undefined);
}

function sparingly(doing: BackupProgress['doing'], tell: BackupPorts['progress']): Watch['progress'] {
  return (done, total) => {
    if (done % progressEvery === 0 || done === total) tell({ doing, done, total });
  };
}
