import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { ListedKey } from '../../shared/domain/provider.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import type { KeyPorts } from './key-ports.ts';

/** From so many characters on, the end or the beginning of a value tells it from others. */
const tellingEnd = 4;
const tellingStart = 12;

/** What providers write where they leave a part of a value out. */
const leftOut = /(?:…|\.{2,}|\*+|•+|[xX]{4,})+/u;

/**
 * Which key of the provider's list a value is, where that is certain: one listed key that the vault does not hold fits,
 * and no other. Null otherwise, also where the list cannot be read: a wrong id would revoke somebody else's key.
 */
export async function findListed(
  ports: Pick<KeyPorts, 'records' | 'journal'>,
  provider: Provider,
  connectionId: ConnectionId,
  key: SecretFields,
): Promise<ListedKey | null> {
  if (!provider.offers.list) return null;
  const listed = await provider.list({});
  if (!listed.ok) return null;
  const held = heldIds(ports, connectionId);
  const free = listed.value.filter((one) => one.active && !held.has(one.providerKeyId));
  const values = Object.values(key).map((value) => value.reveal());
  const named = free.filter((one) => values.includes(one.providerKeyId));
  const fitting =
    named.length > 0 ? named : free.filter((one) => values.some((value) => fits(one.masked, value)));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** The ids of a connection's keys that the vault knows or is making. */
function heldIds(
  ports: Pick<KeyPorts, 'records' | 'journal'>,
  connectionId: ConnectionId,
): ReadonlySet<string | null> {
  return new Set(heldKeys(ports, connectionId).map((key) => key.providerKeyId));
}

/**
 * Tells of a key in the provider's list whether the vault holds it or is making it: by its id, or, where a key was taken in
 * whose id nobody knows, by the end of its value.
 */
export function holds(
  ports: Pick<KeyPorts, 'records' | 'journal'>,
  connectionId: ConnectionId,
): (listed: ListedKey) => boolean {
  const held = heldKeys(ports, connectionId);
  const ids = new Set(held.map((key) => key.providerKeyId));
  const ends = held
    .filter((key) => key.providerKeyId === null && key.revokedAt === null)
    .flatMap((key) => key.fields.map((field) => field.lastFour))
    .filter((end) => end.length >= tellingEnd);
  return ({ providerKeyId, masked }) =>
    ids.has(providerKeyId) || ends.some((end) => masked.trim().endsWith(end));
}

function heldKeys(
  { records, journal }: Pick<KeyPorts, 'records' | 'journal'>,
  connectionId: ConnectionId,
): KeyRecord[] {
  const beingMade = journal.unfinished().flatMap((work) => work.newKey ?? []);
  return [...records.keys.all(), ...beingMade].filter((key) => key.connectionId === connectionId);
}

/** Whether the shown parts of a masked value are certainly not those of any of these values. */
export const contradicts = (masked: string, key: SecretFields): boolean =>
  tells(masked) && !Object.values(key).some((value) => fits(masked, value.reveal()));

/** Whether the shown parts of a masked value are those of `value`, and enough of it is shown to tell. */
export function fits(masked: string, value: string): boolean {
  const { start, end } = partsOf(masked);
  const isPart = start.length + end.length < value.length;
  return tells(masked) && isPart && value.startsWith(start) && value.endsWith(end);
}

function tells(masked: string): boolean {
  const { start, end } = partsOf(masked);
  return end.length >= tellingEnd || start.length >= tellingStart;
}

/** The shown beginning and end; a text in which nothing is left out shows neither, because it is just a name. */
function partsOf(masked: string): { readonly start: string; readonly end: string } {
  const parts = masked.trim().split(leftOut);
  return parts.length < 2 ? { start: '', end: '' } : { start: parts[0] ?? '', end: parts.at(-1) ?? '' };
}
