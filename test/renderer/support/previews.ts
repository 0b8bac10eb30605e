import type { RestorePreview } from '../../../shared/ipc/backup.contract.ts';

const dayMs = 86_400_000;

/** What a backup would bring that has something of everything. */
export const fullPreview: RestorePreview = {
  token: 'opened-1',
  createdAt: Date.now() - 12 * dayMs,
  holds: { definitions: 1, connections: 3, keys: 42 },
  added: { definitions: 0, connections: 1, keys: 4 },
  alike: 38,
  conflicts: [
    { kind: 'key', id: 'key_a', name: 'Shop checkout', differs: ['fields', 'targets', 'revokedAt'] },
    { kind: 'connection', id: 'con_b', name: 'Payments, live', differs: ['settings'] },
  ],
  onlyHere: [
    { kind: 'key', id: 'key_c', name: 'Old prototype', alive: false },
    { kind: 'key', id: 'key_d', name: 'Fraud rules', alive: true },
    { kind: 'connection', id: 'con_e', name: 'Team registry', alive: false },
  ],
  withoutValue: ['Load test'],
};
