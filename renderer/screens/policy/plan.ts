import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { asEachRecommends, longerThanRecommended, type PolicyChange, recommendedDays } from './changes.ts';
import { type Effect, effectOf } from './effect.ts';
import { type PeriodDraft, periodProblems, policyOf } from './period-draft.ts';
import { type PeriodSettings, usualPeriod } from './usual.ts';

/** What is chosen for several keys: one period, or what the provider of each recommends. null: nothing yet. */
export type Choice = PeriodDraft | 'each' | null;

/** What Apply would do. */
export interface Plan {
  /** Empty while nothing that can be set is chosen. */
  readonly changes: readonly PolicyChange[];
  /** null while it is not known what is wanted; a reason that is still missing is no hindrance. */
  readonly effect: Effect | null;
  /** How many keys would be rotated less often than their provider recommends. */
  readonly longer: number;
}

/** What the choice depends on. */
export interface PlanFacts {
  readonly rows: readonly KeyRow[];
  readonly connections: readonly ConnectionView[];
  readonly settings: PeriodSettings;
  /** Why keys are never rotated at present, as far as that is known. */
  readonly reasons: ReadonlyMap<KeyId, string>;
  readonly now: number;
}

const nothing: Plan = { changes: [], effect: null, longer: 0 };

/** Reckons what a choice comes to for each key. */
export function planOf(choice: Choice, { rows, connections, settings, reasons, now }: PlanFacts): Plan {
  if (choice === null) return nothing;
  if (choice === 'each') {
    const recommended = recommendedDays(connections);
    const effect = effectOf(rows, (row) => recommended.get(row.providerId) ?? row.everyDays, now);
    return { changes: asEachRecommends(rows, connections), effect, longer: 0 };
  }
  const problems = periodProblems(choice);
  if (problems['period.days'] !== undefined) return nothing;
  const policy = policyOf(choice);
  const byId = new Map(connections.map((each) => [each.id, each]));
  const everyDaysOf = ({ connectionId, providerId }: KeyRow): number | null =>
    policy.everyDays === undefined
      ? usualPeriod(byId.get(connectionId) ?? null, providerId, settings).everyDays
      : policy.everyDays;
  const { because = '' } = policy;
  const getsOtherReason = ({ id }: KeyRow): boolean =>
    because !== '' && (reasons.get(id) ?? because) !== because;
  return {
    changes: Object.keys(problems).length === 0 && rows.length > 0 ? [{ rows, policy }] : [],
    effect: effectOf(rows, everyDaysOf, now, getsOtherReason),
    longer: longerThanRecommended(rows, everyDaysOf, connections),
  };
}
