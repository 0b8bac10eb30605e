import type { RestoreConflict, RestorePreview } from '../../shared/ipc/backup.contract.ts';
import { count } from './dates.ts';
import { type PageFailure, type Words, words } from './errors.ts';

/** What a backup, or a part of one, holds: "12 keys, 3 connections, 1 definition". */
export function holdsWords({ keys, connections, definitions }: RestorePreview['holds']): string {
  const parts = [
    keys > 0 ? count(keys, 'key') : '',
    connections > 0 ? count(connections, 'connection') : '',
    definitions > 0 ? count(definitions, 'definition') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing' : parts.join(', ');
}

const kinds: Readonly<Record<RestoreConflict['kind'], string>> = {
  key: 'Key',
  connection: 'Connection',
  definition: 'Definition',
};

/** What something in a backup is. */
export const kindWords = (kind: RestoreConflict['kind']): string => kinds[kind];

const parts: Readonly<Record<string, string>> = {
  fields: 'value',
  providerKeyId: 'id at the provider',
  connectionId: 'connection',
  everyDays: 'rotation',
  policy: 'rotation',
  plannedDay: 'planned day',
  copyOnce: 'copy once',
  issuedAt: 'when it was made',
  createdAt: 'when it was made',
  expiresAt: 'expiry',
  retiresAt: 'end of the grace',
  revokedAt: 'revocation',
  replaces: 'what it replaces',
  replacedBy: 'what replaced it',
  attention: 'what it waits for',
  targets: 'files',
  request: 'scopes and limits',
  providerId: 'provider',
  origin: 'address',
  origins: 'addresses',
};

/** What of a record is not alike, in words: "value, files". */
export const differsWords = (differs: readonly string[]): string =>
  [...new Set(differs.map((name) => parts[name] ?? name))].join(', ');

/** A size in the unit that a person reads: "640 bytes", "12 kB", "3.4 MB". */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return count(bytes, 'byte');
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000).toLocaleString('en-GB')} kB`;
  return `${(bytes / 1_000_000).toLocaleString('en-GB', { maximumFractionDigits: 1 })} MB`;
}

/** A failure about a backup, where the words for the vault's passphrase and for `.env` files would mislead. */
export function backupWords(failure: PageFailure): Words {
  switch (failure.code) {
    case 'passphrase-wrong':
      return {
        title: 'That is not the passphrase of this backup',
        body: 'A backup has the passphrase that was typed when it was made. Nothing was changed.',
        next: 'Type it again. Check Caps Lock and the keyboard layout.',
      };
    case 'passphrase-too-short':
      return {
        title: `The passphrase needs at least ${failure.minLength} characters`,
        body: 'No backup was made.',
        next: 'Choose a longer one.',
      };
    case 'file-gone':
      return {
        title: 'There is no such file',
        body: `Nothing is at ${failure.file}.`,
        next: 'Correct the path.',
      };
    case 'file-is-folder':
      return {
        title: 'That is a folder',
        body: `${failure.file} is a folder. A backup is one file.`,
        next: 'Add the name of the file, such as keyturn.age.',
      };
    case 'folder-gone':
      return {
        title: 'The folder does not exist',
        body: `The folder of ${failure.file} is not there. No backup was made.`,
        next: 'Make the folder or correct the path.',
      };
    case 'path-not-absolute':
      return {
        title: 'The path is not complete',
        body: failure.file === '' ? 'No file was named.' : `${failure.file} does not say where the file is.`,
        next: 'Type the whole path, from the root or the drive on.',
      };
    case 'file-unreadable':
      return {
        title: 'The file cannot be read',
        body: `${failure.file} is there, but cannot be read${failure.reason.trim() === '' ? '' : `: ${failure.reason.trim().replace(/\.$/, '')}`}.`,
        next: 'Change its permissions or choose another file.',
      };
    default:
      return words(failure);
  }
}

/** The same in one piece of text, for below a field. */
export function backupLine(failure: PageFailure): string {
  const { title, body, next } = backupWords(failure);
  return [`${title}.`, body, next].filter((part) => part !== undefined).join(' ');
}

/** Where a failure about a backup belongs: at one of the two fields, or to the whole form. */
export function backupPlace(failure: PageFailure): 'file' | 'passphrase' | 'form' {
  switch (failure.code) {
    case 'passphrase-wrong':
    case 'passphrase-too-short':
      return 'passphrase';
    case 'file-gone':
    case 'file-is-folder':
    case 'folder-gone':
    case 'path-not-absolute':
    case 'file-unreadable':
    case 'file-unwritable':
    case 'file-too-big':
    case 'file-exists':
      return 'file';
    default:
      return 'form';
  }
}
