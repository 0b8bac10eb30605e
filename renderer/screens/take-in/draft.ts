import type { ConnectionId } from '../../../shared/domain/ids.ts';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/define.ts';
import {
  filledTargets,
  newTarget,
  type Problems,
  type TargetDraft,
  takeInProblems,
  targetInput,
  targetsFor,
} from '../generate-key/draft.ts';
import { asUsual, type PeriodDraft, policyOf } from '../policy/period-draft.ts';

export type TakeInInput = InputOf<KeyturnContract['keys.takeIn']>;

/** What has been filled in so far. The pasted values are not here: they stay in their fields until they are sent. */
export interface TakeInDraft {
  readonly providerId: string | null;
  /** The field of the key that the first value is; null until its provider is known. */
  readonly mainField: string | null;
  /** `new`: a connection that is made along the way. */
  readonly account: ConnectionId | 'new' | null;
  /** The environment of a new connection. */
  readonly environment: Environment;
  readonly name: string;
  /** The day as the date field has it, such as `2026-11-21`; empty when it is not known. */
  readonly madeOn: string;
  readonly targets: readonly TargetDraft[];
  readonly period: PeriodDraft;
}

/** A form about which nothing is known yet. */
export function emptyTakeIn(): TakeInDraft {
  return {
    providerId: null,
    mainField: null,
    account: null,
    environment: 'test',
    name: '',
    madeOn: '',
    targets: [newTarget([], [])],
    period: asUsual,
  };
}

/** What the form of a value tells of where it belongs. */
export interface Belonging {
  readonly provider: ProviderSummary;
  /** The field that the value is; null: the provider's first secret one. */
  readonly field: string | null;
  readonly environment: Environment | null;
}

/**
 * The draft at a provider: at the connection of the environment that the value tells, or else its first; a new one where
 * it has none. Name, day, files and period stay.
 */
export function atProvider(
  draft: TakeInDraft,
  { provider, field, environment }: Belonging,
  connections: readonly ConnectionView[],
): TakeInDraft {
  const own = connections.filter(({ providerId }) => providerId === provider.id);
  const fitting = environment === null ? own[0] : own.find((each) => each.environment === environment);
  const secret = provider.fields.find((each) => each.secret) ?? provider.fields[0];
  const isSame = draft.providerId === provider.id;
  return {
    ...draft,
    providerId: provider.id,
    mainField: field ?? secret?.name ?? null,
    account: fitting?.id ?? 'new',
    environment: environment ?? fitting?.environment ?? provider.environments[0] ?? 'test',
    targets: isSame ? draft.targets : targetsFor(draft.targets, provider.fields),
  };
}

/** Whether a connection to the provider can be made without asking anything. */
export function needsNothing(provider: Pick<ProviderSummary, 'settings' | 'credential'>): boolean {
  return ![...provider.settings, ...provider.credential].some(({ required }) => required);
}

/** The name of a connection that is made along the way; the first that no other has. */
export function newConnectionName(
  provider: Pick<ProviderSummary, 'name' | 'environments'>,
  environment: Environment,
  connections: readonly Pick<ConnectionView, 'name'>[],
): string {
  const taken = new Set(connections.map(({ name }) => name));
  const plain = provider.environments.length > 1 ? `${provider.name} ${environment}` : provider.name;
  if (!taken.has(plain)) return plain;
  let number = 2;
  while (taken.has(`${plain} ${number}`)) number += 1;
  return `${plain} ${number}`;
}

/** What keeps the form from being sent. */
export function problemsOf(
  draft: TakeInDraft,
  key: Readonly<Record<string, string>>,
  provider: ProviderSummary | undefined,
  now: number,
): Problems {
  if (provider === undefined) return { provider: 'Choose the provider that issued the key.' };
  const madeAt = instantOf(draft.madeOn);
  return {
    ...(madeAt !== null && madeAt > now && { madeOn: 'This day is still to come.' }),
    ...takeInProblems(draft, key, provider.fields),
  };
}

/** The problems which still stand: those of fields that nobody has touched since they were found. */
export function stillWrong(problems: Problems, tried: TakeInDraft, draft: TakeInDraft): Problems {
  const isTouched = (at: string): boolean => {
    if (at === 'name') return draft.name !== tried.name;
    if (at === 'madeOn') return draft.madeOn !== tried.madeOn;
    if (at.startsWith('period.')) return draft.period !== tried.period;
    if (at === 'provider') return draft.providerId !== tried.providerId;
    const target = draft.targets.find(({ id }) => at.startsWith(`target.${id}.`));
    return target !== undefined && !tried.targets.includes(target);
  };
  return Object.fromEntries(Object.entries(problems).filter(([at]) => !isTouched(at)));
}

/** The start of a day in the time zone of this machine; null for no day. */
export function instantOf(day: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (parts === null) return null;
  return new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])).getTime();
}

/** An instant's day as a date field has it. */
export function dayFieldOf(at: number): string {
  const day = new Date(at);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

export interface Insisted {
  readonly connectionId: ConnectionId;
  readonly key: Record<string, string>;
  readonly anyForm: boolean;
  readonly providerKeyId: string | null;
  /** When the provider lists it as made; goes before the day, which it was put into. */
  readonly createdAt: number | null;
}

/** The whole request. Call only with a draft without problems. */
export function takeInInput(draft: TakeInDraft, sent: Insisted): TakeInInput {
  const { createdAt, ...rest } = sent;
  const isListed = createdAt !== null && draft.madeOn === dayFieldOf(createdAt);
  return {
    ...rest,
    name: draft.name.trim(),
    issuedAt: isListed ? createdAt : instantOf(draft.madeOn),
    policy: policyOf(draft.period),
    targets: filledTargets(draft).map(targetInput),
  };
}
