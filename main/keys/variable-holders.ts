import type { VariableHolder } from '../../shared/domain/env-file.ts';
import type { KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { HolderOf } from '../env-files/env-files.ts';
import type { Records } from '../storage/records.ts';
import type { KeyPorts } from './key-ports.ts';

/** Which variables of one file other keys of the vault have. */
export interface Holders {
  /** By the name, where a key is written to it, or by the value, where that is a secret one of a key's. */
  readonly holderOf: HolderOf;
  /** The variables that other keys are written to in this file, whether they are in it or not. */
  readonly followed: ReadonlyMap<string, VariableHolder>;
}

/**
 * The keys in use, or being made, that have variables of a file. `paths`: the file's own path and where it leads; a key that
 * is written to it by a path of another spelling is known by its value alone. `self`: the key that is to be written; neither
 * it nor the one that it replaces is another.
 */
export function holdersIn(
  ports: Pick<KeyPorts, 'records' | 'journal' | 'fingerprint'>,
  paths: readonly string[],
  self: KeyId | null,
): Holders {
  const others = otherKeys(ports, self);
  const writtenTo = new Map<string, KeyRecord>();
  const byValue = new Map<string, KeyRecord>();
  for (const key of others) {
    for (const target of key.targets.filter(({ file }) => paths.includes(file)))
      for (const variable of Object.values(target.variables)) writtenTo.set(variable, key);
    for (const field of key.fields.filter(({ secret }) => secret)) byValue.set(field.fingerprint, key);
  }
  return {
    holderOf(variable, value) {
      const holding = value === null ? undefined : byValue.get(ports.fingerprint(value));
      const key = holding ?? writtenTo.get(variable);
      return key === undefined ? null : holderFrom(key, holding !== undefined);
    },
    followed: new Map([...writtenTo].map(([variable, key]) => [variable, holderFrom(key, false)])),
  };
}

/** Finds the key in use that has a value as a secret one, by its fingerprint. */
export type KeyByValue = (fingerprint: string) => KeyRecord | undefined;

/** Knows the keys as they are at the first question; nothing is gone through before. */
export function keysByValue(keys: Pick<Records['keys'], 'all'>): KeyByValue {
  let known: Map<string, KeyRecord> | null = null;
  return (fingerprint) => {
    known ??= new Map(
      keys
        .all()
        .filter(isInUse)
        .flatMap((key) => key.fields.flatMap((field) => (field.secret ? [[field.fingerprint, key]] : []))),
    );
    return known.get(fingerprint);
  };
}

const isInUse = (key: KeyRecord): boolean => key.revokedAt === null && key.replacedBy === null;

const holderFrom = ({ id, name }: KeyRecord, holds: boolean): VariableHolder => ({ keyId: id, name, holds });

function otherKeys({ records, journal }: Pick<KeyPorts, 'records' | 'journal'>, self: KeyId | null) {
  const replaced = self === null ? null : (records.keys.get(self)?.replaces ?? null);
  const beingMade = journal.unfinished().flatMap((work) => work.newKey ?? []);
  return [...beingMade, ...records.keys.all()].filter(
    (key) =>
      key.id !== self && key.id !== replaced && (self === null || key.replaces !== self) && isInUse(key),
  );
}
