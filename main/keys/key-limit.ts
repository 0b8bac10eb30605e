import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { KeyPorts } from './key-ports.ts';

/**
 * Whether the connection has as many living keys as its provider allows, as far as the vault knows: those on record, and
 * those that are being made. Strays are not known here; the provider itself has the last word.
 */
export function isAtLimit(
  ports: Pick<KeyPorts, 'records' | 'journal'>,
  connectionId: ConnectionId,
  maxKeys: number | null,
): boolean {
  if (maxKeys === null) return false;
  const beingMade = ports.journal.unfinished().flatMap(keyBeside);
  const living = [...ports.records.keys.all(), ...beingMade].filter(
    (key) => key.connectionId === connectionId && key.revokedAt === null,
  );
  // Under one id at the provider it is one key there, also while the value before the last one is in its grace.
  return new Set(living.map((key) => key.providerKeyId ?? key.id)).size >= maxKeys;
}

/** The key that work makes beside the one that it replaces; none where the old one makes room for it. */
function keyBeside({ newKey, origin, state }: Work): KeyRecord[] {
  return newKey === null || origin === 'rotated' || state.step === 'revoking-first' ? [] : [newKey];
}
