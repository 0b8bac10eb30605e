import type { RotationPolicy } from '../../../shared/domain/key.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { api } from '../../api/client.ts';
import type { PolicyChange } from './changes.ts';

/**
 * What each key says itself before it is changed, so that this can be undone; null where it cannot be had. A row tells all
 * of it but the reason of a key that is never rotated, which is asked for.
 */
export async function earlierPolicies(rows: readonly KeyRow[]): Promise<readonly PolicyChange[] | null> {
  const policies = await Promise.all(rows.map(ownPolicy));
  const groups = new Map<string, { readonly rows: KeyRow[]; readonly policy: RotationPolicy }>();
  for (const [index, row] of rows.entries()) {
    const policy = policies[index] ?? null;
    if (policy === null) return null;
    const alike = JSON.stringify(policy);
    const group = groups.get(alike);
    if (group === undefined) groups.set(alike, { rows: [row], policy });
    else group.rows.push(row);
  }
  return [...groups.values()];
}

async function ownPolicy({ id, everyDays, periodFrom }: KeyRow): Promise<RotationPolicy | null> {
  if (periodFrom !== 'key') return {};
  if (everyDays !== null) return { everyDays };
  const answer = await api.call('keys.get', { id });
  return answer.ok ? answer.value.policy : null;
}
