import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../main/storage/canonical-json.ts';
import { confStores } from '../../main/storage/conf-store.ts';
import { openActivity } from '../../main/storage/file-activity.ts';
import { openJournal } from '../../main/storage/file-journal.ts';
import { connectionFormat, keyFormat, openRecords } from '../../main/storage/open-records.ts';
import { openedToWrite } from '../../main/storage/opened-to-write.ts';
import { createRecordSeal } from '../../main/storage/record-seal.ts';
import { encodeShard, type ShardFormat } from '../../main/storage/shard-file.ts';
import { keyShardOf } from '../../main/storage/shard-names.ts';
import { storeOptions } from '../../main/storage/store-like.ts';
import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import { createIds } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { Result } from '../../shared/result.ts';

const dayMs = 86_400_000;
const keysPerConnection = 25;

/** One row of measurements, in milliseconds. */
export interface StorageRow {
  readonly keys: number;
  readonly openMs: number;
  readonly listMs: number;
  readonly putMedianMs: number;
  readonly putP95Ms: number;
  readonly journalMedianMs: number;
  readonly activityMedianMs: number;
}

/** Measures opening, listing and changing vaults of the given numbers of keys, and prints a row for each. */
export async function benchStorage(sizes: readonly number[]): Promise<StorageRow[]> {
  const rows: StorageRow[] = [];
  print(['keys', 'open', 'list', 'put p50', 'put p95', 'journal p50', 'activity p50']);
  for (const size of sizes) {
    const row = await measure(size);
    rows.push(row);
    const { keys, ...times } = row;
    print([String(keys), ...Object.values(times).map((ms) => `${ms.toFixed(2)} ms`)]);
  }
  return rows;
}

/**
 * Fills an empty folder with the records of a vault of that many keys, as the app would have written them but without
 * waiting for the disk. Ids are derived from the count and a number, so that the same call makes the same vault.
 */
export async function seedRecords(
  folder: string,
  dataKey: Uint8Array,
  count: number,
  now = Date.UTC(2026, 0, 1),
): Promise<{ readonly keys: readonly KeyRecord[]; readonly connections: readonly ConnectionRecord[] }> {
  const ids = createIds(repeatable(`keyturn ${count}`));
  const connections = Array.from({ length: Math.max(1, Math.ceil(count / keysPerConnection)) }, (_, index) =>
    seedConnection(ids.connection(), index, now),
  );
  const keys = Array.from({ length: count }, (_, index) => {
    const connection = connections[index % connections.length] as ConnectionRecord;
    return seedKey(ids, connection, index, now);
  });
  const seal = createRecordSeal(dataKey);
  await mkdir(folder, { recursive: true });
  await writeShards(folder, connectionFormat(seal), connections, () => 'connections');
  await writeShards(folder, keyFormat(seal), keys, keyShardOf);
  return { keys, connections };
}

async function writeShards(
  folder: string,
  format: ShardFormat,
  records: readonly { readonly id: string }[],
  nameOf: (id: string) => string,
): Promise<void> {
  const groups = Map.groupBy(records, (record) => nameOf(record.id));
  for (const [name, group] of groups) {
    const entries = new Map(
      group.map(({ id, ...rest }) => [
        id,
        format.seal.entry(format.kind, id, canonicalJson({ id, ...rest })),
      ]),
    );
    const text = storeOptions.serialize(encodeShard(format, name, entries));
    await writeFile(join(folder, `${name}.json`), text, { mode: 0o600 });
  }
}

function seedConnection(id: ConnectionRecord['id'], index: number, now: number): ConnectionRecord {
  return {
    id,
    providerId: ['payments', 'mail', 'models', 'cloud', 'maps'][index % 5] ?? 'payments',
    name: `Account ${index + 1}`,
    environment: index % 3 === 0 ? 'live' : 'test',
    settings: { baseUrl: `https://api-${index}.example.com` },
    origin: `https://api-${index}.example.com`,
    origins: {},
    policy: {},
    createdAt: now - 400 * dayMs,
    checkedAt: now - dayMs,
    health: 'well',
  };
}

function seedKey(
  ids: ReturnType<typeof createIds>,
  connection: ConnectionRecord,
  index: number,
  now: number,
): KeyRecord {
  const id = ids.key();
  const name = `${connection.providerId}-service-${index}`;
  const folder = `/home/someone/projects/service-${index % 400}`;
  const isRevoked = index % 9 === 8;
  return {
    id,
    connectionId: connection.id,
    name,
    environment: connection.environment,
    status: isRevoked ? 'revoked' : 'active',
    attention: null,
    providerKeyId: `pk_${id.slice(4)}`,
    label: `${name} kt-${id.slice(4, 12)}`,
    fields: [
      {
        name: 'API_KEY',
        secret: true,
        lastFour: id.slice(-4),
        fingerprint: createHash('sha256').update(id).digest('hex'),
      },
    ],
    request: {
      scopes: ['read', 'write'],
      expiresInDays: null,
      restrictions: { ips: [], referrers: [], endpoints: [] },
    },
    policy: { everyDays: 90 },
    plannedDay: null,
    snoozedUntil: null,
    targets: ['.env', '.env.production'].map((file) => ({
      id: ids.target(),
      file: `${folder}/${file}`,
      variables: { API_KEY: `SERVICE_${index}_API_KEY` },
      dialect: 'any',
      keepsExample: false,
      mayBeTracked: false,
    })),
    copyOnce: { sealed: true, shown: false, copiedFields: [] },
    // At its own time of its day, as keys are that people made.
    issuedAt: now - (index % 120) * dayMs - ((index * 7_919_000) % dayMs),
    expiresAt: null,
    lastUsedAt: now - (index % 7) * dayMs,
    lastUseToldAt: null,
    checkedAt: null,
    retiresAt: null,
    revokedAt: isRevoked ? now - dayMs : null,
    replaces: null,
    replacedBy: null,
  };
}

async function measure(size: number): Promise<StorageRow> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-bench-'));
  try {
    const dataKey = randomBytes(32);
    const { keys } = await seedRecords(folder, dataKey, size);
    const opening = performance.now();
    const records = unwrap(
      await openRecords({ folder, dataKey, openStore: openedToWrite(folder, confStores(folder)) }),
    );
    const openMs = performance.now() - opening;
    const listing = performance.now();
    records.keys.all();
    const listMs = performance.now() - listing;

    const some = Array.from({ length: 60 }, (_, turn) => keys[(turn * 997) % keys.length] as KeyRecord);
    const puts = await timesOf(some, (key) => records.keys.put({ ...key, status: 'rotating' }));
    const journal = unwrap(await openJournal({ file: join(folder, 'journal.jsonl') }));
    const writes = await timesOf(some, (key, turn) => journal.write(seedWork(key, turn)));
    const activity = unwrap(await openActivity({ folder: join(folder, 'activity') }));
    const adds = await timesOf(some, (key, turn) =>
      activity.add({
        at: turn,
        event: 'key-issued',
        keyId: key.id,
        connectionId: key.connectionId,
        subject: key.name,
        detail: '',
      }),
    );
    return {
      keys: size,
      openMs,
      listMs,
      putMedianMs: quantile(puts, 0.5),
      putP95Ms: quantile(puts, 0.95),
      journalMedianMs: quantile(writes, 0.5),
      activityMedianMs: quantile(adds, 0.5),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function seedWork(key: KeyRecord, turn: number): Work {
  return {
    id: createIds(repeatable(`work ${turn}`)).work(),
    kind: 'rotate',
    keyId: key.id,
    newKey: key,
    grace: 'now',
    origin: 'created',
    startedAt: turn,
    updatedAt: turn,
    state: { step: 'creating' },
    blocked: null,
  };
}

async function timesOf<T>(
  items: readonly T[],
  act: (item: T, turn: number) => Promise<Result<unknown, unknown>>,
): Promise<number[]> {
  const times: number[] = [];
  for (const [turn, item] of items.entries()) {
    const start = performance.now();
    unwrap(await act(item, turn));
    times.push(performance.now() - start);
  }
  return times;
}

function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Bytes that look random and are the same for the same seed. */
function repeatable(seed: string): (bytes: number) => Uint8Array {
  let turn = 0;
  return (bytes) => {
    turn += 1;
    return createHash('shake256', { outputLength: bytes }).update(`${seed} ${turn}`).digest();
  };
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${cells.map((cell) => cell.padStart(13)).join('')}\n`);
}

if (import.meta.main) await benchStorage([10, 1_000, 10_000]);
