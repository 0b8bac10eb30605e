import { z } from 'zod';
import { secretStoreFailures } from '../domain/failure.ts';
import { call, feed } from './define.ts';

/** Something that the vault and a backup both have, and not alike; `differs` names what is not. */
export const restoreConflictSchema = z.object({
  kind: z.enum(['definition', 'connection', 'key']),
  id: z.string(),
  name: z.string(),
  differs: z.array(z.string()),
});
export type RestoreConflict = z.infer<typeof restoreConflictSchema>;

const counts = z.object({ definitions: z.number(), connections: z.number(), keys: z.number() });

/** What a backup would bring, for the user to see before anything is restored. */
export const restorePreviewSchema = z.object({
  /** Names the opened backup until it is restored or forgotten; its content stays in main. */
  token: z.string(),
  createdAt: z.number(),
  holds: counts,
  /** In the backup, and not in the vault. */
  added: counts,
  alike: z.number(),
  conflicts: z.array(restoreConflictSchema),
  /** In the vault, and not in the backup: a restore that replaces forgets them. `alive`: the key works at its provider. */
  onlyHere: z.array(
    z.object({
      kind: z.enum(['definition', 'connection', 'key']),
      id: z.string(),
      name: z.string(),
      alive: z.boolean(),
    }),
  ),
  /** Keys whose value could not be read when the backup was made. */
  withoutValue: z.array(z.string()),
});
export type RestorePreview = z.infer<typeof restorePreviewSchema>;

/** How far a backup or a restore has come. */
export const backupProgressSchema = z.object({
  doing: z.enum(['making', 'opening', 'restoring']),
  done: z.number(),
  total: z.number(),
});
export type BackupProgress = z.infer<typeof backupProgressSchema>;

/** Backups of the whole vault, each one age file under a passphrase. */
export const backupContract = {
  /** Makes a backup. An existing file is replaced only where `replace` says so. */
  'backup.make': call(
    z.object({ file: z.string(), passphrase: z.string(), replace: z.boolean() }),
    z.object({ file: z.string(), holds: counts, withoutValue: z.array(z.string()), bytes: z.number() }),
    [
      'vault-closed',
      'passphrase-too-short',
      'backup-cancelled',
      'file-exists',
      'path-not-absolute',
      'file-is-folder',
      'folder-gone',
      'file-unwritable',
      ...secretStoreFailures,
    ],
  ),
  /** Opens a backup and holds it against the vault; nothing is changed. Forgotten after ten minutes. */
  'backup.open': call(z.object({ file: z.string(), passphrase: z.string() }), restorePreviewSchema, [
    'vault-closed',
    'passphrase-wrong',
    'backup-foreign',
    'backup-damaged',
    'backup-newer',
    'backup-cancelled',
    'path-not-absolute',
    'file-is-folder',
    'file-gone',
    'file-unreadable',
    'file-too-big',
  ]),
  /**
   * Restores what was opened: all of it or nothing, also through a power cut. `merge` adds what the vault lacks and
   * takes the backup's side of the conflicts in `takeBackup`; `replace` makes the vault what the backup is.
   */
  'backup.restore': call(
    z.object({
      token: z.string(),
      mode: z.enum(['merge', 'replace']),
      takeBackup: z.array(z.string()),
      /** Confirms that living keys which only the vault has are forgotten. */
      forgetLiving: z.boolean().default(false),
    }),
    z.object({ added: counts, changed: z.number(), removed: z.number() }),
    [
      'vault-closed',
      'backup-not-open',
      'work-running',
      'key-still-alive',
      'storage-failed',
      ...secretStoreFailures,
    ],
  ),
  /** Forgets an opened backup, or stops the one that is being made or opened. */
  'backup.cancel': call(z.object({}), z.object({})),
  'backup.progress': feed(backupProgressSchema.nullable()),
} as const;
