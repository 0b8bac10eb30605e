import type { ConnectionRecord } from '../../../shared/domain/connection.ts';
import { connectionIdSchema, keyIdSchema, targetIdSchema, workIdSchema } from '../../../shared/domain/ids.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';

export const dataKey = new Uint8Array(32).fill(7);

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
    plannedDay: null,
    snoozedUntil: null,
    targets: [
      {
        id: targetIdSchema.parse(`tgt_${suffixOf(number)}`),
        file: `/home/someone/project-${number}/.env`,
        variables: { API_KEY: 'PAYMENTS_API_KEY' },
        dialect: 'any',
        keepsExample: false,
        mayBeTracked: false,
      },
    ],
    copyOnce: { sealed: true, shown: false, copiedFields: [] },
    issuedAt: 1_000,
    expiresAt: null,
    lastUsedAt: null,
    lastUseToldAt: null,
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
    origins: {},
    policy: {},
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
    origin: 'created',
    startedAt: 1_000,
    updatedAt: 1_000,
    state: { step: 'creating' },
    blocked: null,
    ...changes,
  };
}

export const finished: Work['state'] = { step: 'finished', outcome: 'done', reason: null };
