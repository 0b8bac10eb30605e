import { type Failure, failure, type SecretStoreFailure } from '../../shared/domain/failure.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';
import { changeKey } from './change-key.ts';
import type { KeyPorts } from './key-ports.ts';
import { noteKey } from './note-keys.ts';
import { readFields } from './read-fields.ts';

type CopyOncePorts = Pick<KeyPorts, 'records' | 'activity' | 'clock' | 'secrets' | 'unstored'>;

type Spent = Failure<'already-sealed' | 'already-shown' | 'already-copied'>;
export type CopyOnceFailure = Failure<'key-unknown' | 'storage-failed'> | Spent | SecretStoreFailure;

/** What the user wants of the one time: to see all fields, or to copy one. */
export type CopyOnceWish =
  | { readonly purpose: 'show' }
  | { readonly purpose: 'copy'; readonly field: string };

/**
 * Takes the one time of seeing or copying a new key. The values are read first; then it is durably recorded as
 * spent and as activity; only then are the values answered. Nothing that happens later gives it back, but
 * `giveBackCopy` for a copy that certainly never left.
 */
export async function spendCopyOnce(
  ports: CopyOncePorts,
  id: KeyId,
  wish: CopyOnceWish,
): Promise<Result<SecretFields, CopyOnceFailure>> {
  const before = ports.records.keys.get(id);
  const refused = refusal(before, wish);
  if (refused !== null) return fail(refused);
  const fields = await readFields(ports, id);
  if (!fields.ok) return fields;

  // Looked at again: another call may have spent it while the keychain was answering.
  const recorded = await changeKey(ports, id, (key) => {
    const refusedNow = refusal(key, wish);
    return refusedNow === null ? ok({ ...key, copyOnce: spent(key.copyOnce, wish) }) : fail(refusedNow);
  });
  if (!recorded.ok) return recorded;
  const event = wish.purpose === 'show' ? 'key-shown' : 'key-copied';
  const noted = await noteKey(ports, recorded.value, event, fieldOf(wish));
  if (!noted.ok) return noted;
  return ok(wish.purpose === 'show' ? fields.value : pick(fields.value, wish.field));
}

/** Gives back a copy that did not reach the clipboard. */
export async function giveBackCopy(
  ports: CopyOncePorts,
  id: KeyId,
  field: string,
): Promise<Result<void, Failure<'storage-failed'>>> {
  const givenBack = await changeKey(ports, id, (key) => {
    const copiedFields = key.copyOnce.copiedFields.filter((copied) => copied !== field);
    return ok({ ...key, copyOnce: { ...key.copyOnce, copiedFields } });
  });
  return givenBack.ok || givenBack.error.code === 'key-unknown' ? done : fail(givenBack.error);
}

/** Ends the one time for good. Sealing a sealed key is a success. */
export async function sealKey(
  ports: CopyOncePorts,
  id: KeyId,
): Promise<Result<void, Failure<'key-unknown' | 'storage-failed'>>> {
  const before = ports.records.keys.get(id);
  if (before?.copyOnce.sealed) return done;
  const sealed = await changeKey(ports, id, (key) =>
    ok(key.copyOnce.sealed ? key : { ...key, copyOnce: { ...key.copyOnce, sealed: true } }),
  );
  return sealed.ok ? noteKey(ports, sealed.value, 'key-sealed') : sealed;
}

function refusal(key: KeyRecord | undefined, wish: CopyOnceWish): Spent | Failure<'key-unknown'> | null {
  if (key === undefined) return failure('key-unknown');
  if (key.copyOnce.sealed || key.revokedAt !== null) return failure('already-sealed');
  if (wish.purpose === 'show') return key.copyOnce.shown ? failure('already-shown') : null;
  if (!key.fields.some((field) => field.name === wish.field)) return failure('key-unknown');
  return key.copyOnce.copiedFields.includes(wish.field)
    ? failure('already-copied', { field: wish.field })
    : null;
}

function spent(copyOnce: KeyRecord['copyOnce'], wish: CopyOnceWish): KeyRecord['copyOnce'] {
  if (wish.purpose === 'show') return { ...copyOnce, shown: true };
  return { ...copyOnce, copiedFields: [...copyOnce.copiedFields, wish.field] };
}

const fieldOf = (wish: CopyOnceWish): string => (wish.purpose === 'copy' ? wish.field : '');

function pick(fields: SecretFields, field: string): Record<string, Secret> {
  const value = fields[field];
  return value === undefined ? {} : { [field]: value };
}
