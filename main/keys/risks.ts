import type { Day } from '../../shared/domain/calendar.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Risk } from '../../shared/ipc/keys.contract.ts';
import type { Records } from '../storage/records.ts';
import type { DueLookup } from './due-of-key.ts';
import type { ProviderLookup } from './key-views.ts';

/** After how many days without use a key counts as unused. */
export const unusedAfterDays = 60;

/** What bears on the risks of keys beside their own records. */
export interface RiskFacts {
  readonly today: Day;
  readonly dues: DueLookup;
  readonly records: { readonly connections: Pick<Records['connections'], 'get'> };
  readonly providerOf: ProviderLookup;
  /** The folder of the project that a target's file belongs to. */
  readonly projectOf: (file: string) => string;
}

/** What matters most comes first. */
const order: readonly Risk['kind'][] = ['live-overdue', 'live-never', 'shared', 'unused', 'no-expiry'];

/**
 * What is worth a look about keys that are alive and not replaced: one entry for each reason, so that a key may be there
 * more than once. The gravest kind first, within it the longest standing.
 */
export function risksOf(keys: readonly KeyRecord[], facts: RiskFacts): Risk[] {
  const { dues, records, projectOf, today } = facts;
  const summaries = new Map<string, ProviderSummary | undefined>();

  function providerOf(key: KeyRecord): ProviderSummary | undefined {
    const providerId = records.connections.get(key.connectionId)?.providerId ?? '';
    if (!summaries.has(providerId)) summaries.set(providerId, facts.providerOf(providerId));
    return summaries.get(providerId);
  }

  const risks = keys.filter(isInUse).flatMap((key): Risk[] => {
    const found: Risk[] = [];
    const add = (kind: Risk['kind'], at: number | null, folders: readonly string[] = []) =>
      found.push({ kind, keyId: key.id, at, folders: [...folders] });
    const isLive = key.environment === 'live';
    const overdueSince = isLive ? overdue(key, dues, today) : null;
    if (overdueSince !== null) add('live-overdue', overdueSince);
    if (isLive && dues.dueOf(key) === null) add('live-never', key.issuedAt);
    const folders = projectsOf(key, projectOf);
    if (folders.length > 1) add('shared', null, folders);
    if (isUnused(key, dues)) add('unused', key.lastUsedAt);
    if (key.expiresAt === null && offersExpiry(providerOf(key))) add('no-expiry', null);
    return found;
  });
  return risks.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || (a.at ?? 0) - (b.at ?? 0));
}

/** The files of a key that may be of different projects; none where there is only one. */
export function filesToCompare(key: KeyRecord): string[] {
  return isInUse(key) && key.targets.length > 1 ? key.targets.map(({ file }) => file) : [];
}

const isInUse = (key: KeyRecord): boolean => key.revokedAt === null && key.replacedBy === null;

/** Since when a key should have been replaced, by its period or its expiry; a plan that was missed is no risk yet. */
function overdue(key: KeyRecord, dues: DueLookup, today: Day): number | null {
  const due = dues.dueOf(key.plannedDay === null ? key : { ...key, plannedDay: null });
  return due !== null && due.day < today ? dues.startOf(due.day) : null;
}

/**
 * Whether the provider, when it was last asked, had not seen the key for so long. What it was not asked about since says
 * nothing: the key may have been used every day.
 */
function isUnused({ lastUsedAt, issuedAt, lastUseToldAt }: KeyRecord, { calendar }: DueLookup): boolean {
  if (lastUseToldAt === null) return false;
  return calendar.dayOf(lastUseToldAt) - calendar.dayOf(lastUsedAt ?? issuedAt) >= unusedAfterDays;
}

const offersExpiry = (provider: ProviderSummary | undefined): boolean =>
  provider?.operations.includes('create') === true && provider.creation.expiry !== null;

function projectsOf({ targets }: KeyRecord, projectOf: (file: string) => string): string[] {
  if (targets.length < 2) return [];
  return [...new Set(targets.map(({ file }) => projectOf(file)))].sort();
}
