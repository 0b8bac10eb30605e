import type { SecretStoreFailure } from '../../shared/domain/failure.ts';
import { isAlive, type KeyRecord } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { getMany } from '../secrets/many-secrets.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { unpackFields } from '../secrets/secret-fields.ts';
import type { Vault } from '../vault/vault.ts';
import type { Wanted } from './shared-values.ts';
import { shortestValueBytes } from './value-tables.ts';
import { writtenForms } from './written-forms.ts';

/** A field of a key that is looked for. Its place in the list is the number of its group. */
export interface WantedField {
  readonly key: KeyRecord;
  readonly field: string;
}

/** A key whose value, or one of its values, is not looked for. */
export interface Unsearched {
  readonly keyId: KeyRecord['id'];
  readonly name: string;
  readonly reason: 'too-short' | 'unreadable';
}

export interface WantedFields extends Wanted {
  readonly fields: readonly WantedField[];
  readonly unsearched: readonly Unsearched[];
}

/** What a search needs of the vault; it changes nothing there. */
export interface VaultToRead {
  readonly secrets: Vault['secrets'];
  readonly records: { readonly keys: Pick<Vault['records']['keys'], 'all' | 'get'> };
  readonly ports: Pick<Vault['ports'], 'unstored'>;
}

/**
 * Reads the secret fields of all keys that are alive. A key that is revoked harms nobody any more and is left out. A key
 * that cannot be read is told in `unsearched`; a store that cannot be read at all is a failure.
 */
export async function readWanted(
  { secrets, records, ports }: VaultToRead,
  options: { readonly signal?: AbortSignal; readonly progress?: (done: number, total: number) => void } = {},
): Promise<Result<WantedFields, SecretStoreFailure>> {
  const keys = records.keys.all().filter(isAlive);
  const values: Uint8Array[] = [];
  const groups: number[] = [];
  const fields: WantedField[] = [];
  const unsearched: Unsearched[] = [];

  function want(key: KeyRecord, read: SecretFields): void {
    const secret = key.fields.filter((field) => field.secret);
    const missing = secret.some(({ name }) => read[name] === undefined);
    if (missing) unsearched.push({ keyId: key.id, name: key.name, reason: 'unreadable' });
    let isShort = false;
    for (const { name } of secret) {
      const value = read[name]?.reveal();
      if (value === undefined) continue;
      if (Buffer.byteLength(value) < shortestValueBytes) isShort = true;
      else {
        for (const form of writtenForms(value)) {
          values.push(form);
          groups.push(fields.length);
        }
        fields.push({ key, field: name });
      }
    }
    if (isShort) unsearched.push({ keyId: key.id, name: key.name, reason: 'too-short' });
  }

  const stored: KeyRecord[] = [];
  for (const key of keys) {
    const unstored = ports.unstored.get(key.id);
    if (unstored === undefined) stored.push(key);
    else want(key, unstored);
  }
  let done = 0;
  for await (const item of getMany(
    secrets,
    stored.map(({ id }) => `key/${id}` as const),
  )) {
    const key = stored[done] as KeyRecord;
    done += 1;
    options.progress?.(done, stored.length);
    if (options.signal?.aborted === true) break;
    if (!item.ok && !isOfOneItem(item.error)) return item;
    const read = item.ok ? unpackFields(item.value, `key/${key.id}`) : fail(item.error);
    if (read.ok) want(key, read.value);
    else unsearched.push({ keyId: key.id, name: key.name, reason: 'unreadable' });
  }
  return ok({ values, groups, fields, unsearched });
}

const isOfOneItem = ({ code }: SecretStoreFailure) => code === 'secret-gone' || code === 'secret-unreadable';
