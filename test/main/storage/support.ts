import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import type { Migration } from '../../../main/storage/migrations/migration.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import type { Records } from '../../../main/storage/records.ts';
import type { ConnectionRecord } from '../../../shared/domain/connection.ts';
import { connectionIdSchema, keyIdSchema, targetIdSchema, workIdSchema } from '../../../shared/domain/ids.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';
import type { Result } from '../../../shared/result.ts';

/** A folder of the test's own, removed when it ends. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-storage-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export const dataKey = new Uint8Array(32).fill(7);

/** Opens the records in the folder, as the browser host does; a failure fails the test. */
export async function recordsIn(folder: string, migrations?: readonly Migration[]): Promise<Records> {
  const openStore = confStores(folder);
  return unwrap(
    await openRecords({ folder, dataKey, openStore, ...(migrations === undefined ? {} : { migrations }) }),
  );
}

/** The value of a success; a failure fails the test. */
export function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** What stands in the `set-aside` folder. */
export async function setAsideIn(folder: string): Promise<string[]> {
  return readdir(join(folder, 'set-aside')).catch(() => []);
}

const suffixOf = (number: number): string => number.toString(36).padStart(20, '0');

/** A key record; the same number is always the same key. */
export function keyRecord(number: number, changes: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: keyIdSchema.parse(`key_${suffixOf(number)}`),
    connectionId: connectionIdSchema.parse(`con_${suffixOf(1)}`),
    name: `payments ${number}`,
    environment: 'test',
    status: 'active',
    attention: null,
    providerKeyId: `pk_${number}`,
    label: `payments ${number} kt-00000000`,
    fields: [{ name: 'API_KEY', secret: true, lastFour: '1234', fingerprint: 'f' }],
    request: {
      scopes: null,
      expiresInDays: null,
      restrictions: { ips: [], referrers: [], endpoints: [] },
    },
    policy: { everyDays: 90 },
    targets: [
      {
        id: targetIdSchema.parse(`tgt_${suffixOf(number)}`),
        file: `/home/someone/project-${number}/.env`,
        variables: { API_KEY: 'PAYMENTS_API_KEY' },
      },
    ],
    copyOnce: { sealed: true, shown: false, copiedFields: [] },
    issuedAt: 1_000,
    expiresAt: null,
    lastUsedAt: null,
    checkedAt: null,
    retiresAt: null,
    revokedAt: null,
    replaces: null,
    replacedBy: null,
    ...changes,
  };
}

export function connectionRecord(number: number, changes: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id: connectionIdSchema.parse(`con_${suffixOf(number)}`),
    providerId: 'payments',
    name: `Account ${number}`,
    environment: 'test',
    settings: { baseUrl: 'https://api.example.com' },
    origin: 'https://api.example.com',
    createdAt: 1_000,
    checkedAt: null,
    health: 'unknown',
    ...changes,
  };
}

/** A piece of work; the same number is always the same work. */
export function work(number: number, changes: Partial<Work> = {}): Work {
  return {
    id: workIdSchema.parse(`wrk_${suffixOf(number)}`),
    kind: 'rotate',
    keyId: keyRecord(number).id,
    newKey: null,
    grace: 'now',
    startedAt: 1_000,
    updatedAt: 1_000,
    state: { step: 'creating' },
    blocked: null,
    ...changes,
  };
}

export const finished: Work['state'] = { step: 'finished', outcome: 'done', reason: null };
