import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { policyWords } from '../../text/keys.ts';

/** Which keys are meant; empty: all of them. */
export interface KeyChoice {
  readonly providerId: string;
  readonly connectionId: string;
  readonly environment: Environment | '';
  /** The present period in days, or `never`. */
  readonly period: string;
}

export const everyKey: KeyChoice = { providerId: '', connectionId: '', environment: '', period: '' };

/** Whether a period means anything to the key: it is neither replaced nor revoked. */
export const isRotated = ({ status }: Pick<KeyRow, 'status'>): boolean =>
  status !== 'retiring' && status !== 'revoked';

/** The keys with these ids. */
export function rowsWithIds(rows: readonly KeyRow[], ids: readonly KeyId[]): readonly KeyRow[] {
  const chosen = new Set(ids);
  return rows.filter((row) => chosen.has(row.id) && isRotated(row));
}

/** The keys that are meant by a choice. */
export function rowsChosen(rows: readonly KeyRow[], choice: KeyChoice): readonly KeyRow[] {
  const { providerId, connectionId, environment, period } = choice;
  return rows.filter(
    (row) =>
      isRotated(row) &&
      (providerId === '' || row.providerId === providerId) &&
      (connectionId === '' || row.connectionId === connectionId) &&
      (environment === '' || row.environment === environment) &&
      (period === '' || periodValue(row.everyDays) === period),
  );
}

interface PeriodOption {
  readonly value: string;
  readonly label: string;
}

/** The periods that keys have now, the shortest first and never last. */
export function periodsOf(rows: readonly KeyRow[]): readonly PeriodOption[] {
  const days = new Set(rows.filter(isRotated).map(({ everyDays }) => everyDays ?? Number.POSITIVE_INFINITY));
  return [...days]
    .toSorted((a, b) => a - b)
    .map((each) => (Number.isFinite(each) ? each : null))
    .map((each) => ({ value: periodValue(each), label: policyWords(each) }));
}

const periodValue = (everyDays: number | null): string => (everyDays === null ? 'never' : String(everyDays));
