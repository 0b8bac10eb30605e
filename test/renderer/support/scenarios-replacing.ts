import type { BatchView, WorkView } from '../../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createFakeMain, type FakeMain, keyDetail, keyId, keyRow, work, workId } from './fake-bridge.ts';
import { fullPreview } from './previews.ts';
import { fullConnection, inGrace } from './scenarios-dialogs.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

const written = [
  { file: '/home/mira/code/shop/.env', variables: ['REGISTRY_TOKEN', 'REGISTRY_USER'] },
  { file: '/srv/deploy/env/billing.env', variables: ['REGISTRY_TOKEN'] },
];

const undoable: WorkView = { ...inGrace, canUndo: true, written };
const late: WorkView = work({
  id: workId(11),
  keyId: keyId(6),
  newKeyId: keyId(7),
  name: 'billing worker',
  finished: 'done',
  revokedLateMs: 2 * hourMs,
  written,
});
const undoing: WorkView = work({
  id: workId(12),
  keyId: keyId(9),
  newKeyId: keyId(10),
  name: 'staging api',
  undoing: true,
  blocked: { code: 'provider-unreachable', host: 'api.postmark.example', reason: 'offline' },
  steps: [
    { name: 'deliver', state: 'done' },
    { name: 'revoke', state: 'stopped' },
  ],
});
const undone: WorkView = work({
  id: workId(13),
  keyId: keyId(4),
  newKeyId: keyId(8),
  name: 'webhooks',
  finished: 'undone',
  written: written.slice(0, 1),
});

const states: readonly BatchView['keys'][number]['state'][] = [
  'done',
  'in-grace',
  'attention',
  'running',
  'running',
  'waiting',
  'waiting',
];

function batch(over: boolean): BatchView {
  return {
    startedAt: Date.now() - 20_000,
    cancelled: false,
    finishedAt: over ? Date.now() : null,
    keys: states.map((state, index) => {
      const row = keyRow(index + 20);
      const now = over && (state === 'running' || state === 'waiting') ? 'in-grace' : state;
      return {
        keyId: row.id,
        name: row.name,
        provider: row.provider,
        state: now,
        workId: null,
        failure:
          now === 'attention' ? { code: 'answer-needed' as const, questions: ['One-time code'] } : null,
      };
    }),
  };
}

const replacing = (facts: Parameters<typeof createFakeMain>[0] = {}): FakeMain =>
  createFakeMain({
    keys: 60,
    settings: { lastBackupAt: Date.now() - 9 * dayMs },
    ...facts,
    overrides: {
      'connections.list': () => ok({ connections: [fullConnection] }),
      'work.list': () => ok({ works: [undoable, undoing, late, undone] }),
      'keys.get': ({ id }) =>
        ok(
          keyDetail(keyRow(Number.parseInt(id.slice(4), 36), { status: 'active', attention: null }), {
            connectionId: fullConnection.id,
            environment: 'live',
            workId: null,
          }),
        ),
      'keys.recognise': () => ok({ candidates: [], known: null }),
      'backup.make': ({ file, replace }) =>
        replace
          ? ok({
              file,
              holds: { definitions: 1, connections: 3, keys: 42 },
              withoutValue: ['Load test'],
              bytes: 412_345,
            })
          : fail({ code: 'file-exists', file }),
      'backup.open': () => ok(fullPreview),
      'backup.cancel': () => ok({}),
      'backup.restore': () =>
        ok({ added: { definitions: 0, connections: 1, keys: 4 }, changed: 2, removed: 0 }),
      ...facts.overrides,
    },
  });

/** What the fake main is like, by the name in the address: `?scenario=batch-running`. */
export const replacingScenarios: Readonly<Record<string, () => FakeMain>> = {
  replacing: () => replacing(),
  'batch-running': () =>
    replacing({
      overrides: { 'work.batch': () => ok(batch(false)), 'work.list': () => ok({ works: [] }) },
    }),
  'batch-over': () =>
    replacing({ overrides: { 'work.batch': () => ok(batch(true)), 'work.list': () => ok({ works: [] }) } }),
  'making-backup': () => replacing({ overrides: { 'backup.make': () => new Promise(() => {}) } }),
};
