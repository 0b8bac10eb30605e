import type { Dialect, FileInspection } from '../../../shared/domain/env-file.ts';
import type { Failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { ProviderSummary, Question } from '../../../shared/domain/provider.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { InputOf } from '../../../shared/ipc/define.ts';
import { type PageFailure, words } from '../../text/errors.ts';
import { unconfirmedWords } from '../../text/git-standing.ts';
import { asUsual, type PeriodDraft, periodProblems, policyOf } from '../policy/period-draft.ts';

export type IssueInput = InputOf<KeyturnContract['keys.issue']>;

/** A place to write the key, as typed so far. `id` only tells the rows of the form apart. */
export interface TargetDraft {
  readonly id: number;
  readonly file: string;
  /** The path as main takes what was typed; empty while that is not known. */
  readonly meant: string;
  /** The variable of each field; an empty name leaves the field out of this file. */
  readonly variables: Readonly<Record<string, string>>;
  /** The fields whose variable the user has named; the others follow what is proposed for the file. */
  readonly named: readonly string[];
  /** The reader that counts; until the user chooses, the one that the project around the file suggests. */
  readonly dialect: Dialect;
  readonly isDialectChosen: boolean;
  readonly keepsExample: boolean;
  /** The key's name, typed so that a live key may go into a file that Git tracks. */
  readonly confirmName: string;
  /** The keys whose variables in the file may be written over. */
  readonly mayReplace: readonly KeyId[];
}

/** What has been filled in so far. Answers asked at the call are not here: they are read once, when sent. */
export interface Draft {
  readonly connectionId: IssueInput['connectionId'] | null;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresInDays: string;
  readonly ips: readonly string[];
  readonly referrers: readonly string[];
  readonly endpoints: readonly string[];
  readonly targets: readonly TargetDraft[];
  readonly period: PeriodDraft;
}

/**
 * What is wrong, by the field it belongs to: `name`, `expiry`, `answer.otp`, `key.secret`, `target.1.file`,
 * `target.1.variable.API_KEY`, `target.1.held.API_KEY`, `target.1.confirm`, `period.days`.
 */
export type Problems = Readonly<Record<string, string>>;

/** Where a failure belongs: at fields of the form, or above it as a whole. */
export type Placed =
  | {
      readonly at: 'fields';
      readonly problems: Problems;
      /** The value only looks unusual: the user may insist on it. */
      readonly mayInsist?: boolean;
    }
  | { readonly at: 'form'; readonly failure: PageFailure };

/** An empty form with one row for a file, and the usual period. */
export function emptyDraft(connectionId: Draft['connectionId'], fields: ProviderSummary['fields']): Draft {
  return {
    connectionId,
    name: '',
    scopes: [],
    expiresInDays: '',
    ips: [],
    referrers: [],
    endpoints: [],
    targets: [newTarget([], fields)],
    period: asUsual,
  };
}

/** The draft at another connection: what belongs to the provider starts anew; name, files and period stay. */
export function atConnection(
  draft: Draft,
  connectionId: IssueInput['connectionId'],
  fields: ProviderSummary['fields'],
): Draft {
  return {
    ...emptyDraft(connectionId, fields),
    name: draft.name,
    period: draft.period,
    targets: targetsFor(draft.targets, fields),
  };
}

/** The same files for a key of other fields, under the variables that are proposed for them. */
export function targetsFor(
  targets: readonly TargetDraft[],
  fields: ProviderSummary['fields'],
): readonly TargetDraft[] {
  return targets.map((target) => ({ ...target, variables: proposedVariables(fields), named: [] }));
}

/** The target at another path: what was confirmed for the one before does not count there. */
export const atFile = (target: TargetDraft, file: string): TargetDraft => ({
  ...target,
  file,
  meant: '',
  confirmName: '',
  mayReplace: [],
});

/** The target with a variable that the user has named, which no proposal replaces. What was allowed for another does not count. */
export const withVariable = (target: TargetDraft, field: string, variable: string): TargetDraft => ({
  ...target,
  variables: { ...target.variables, [field]: variable },
  named: target.named.includes(field) ? target.named : [...target.named, field],
  mayReplace: [],
});

/** The target with the user's word that a key's variable in the file may be written over, or without it. */
export const allowing = (target: TargetDraft, keyId: KeyId, mayReplace: boolean): TargetDraft => ({
  ...target,
  mayReplace: [...target.mayReplace.filter((id) => id !== keyId), ...(mayReplace ? [keyId] : [])],
});

/** The target with what its file proposes wherever the user has not decided; the very same where nothing changes. */
export function withProposals(
  target: TargetDraft,
  { file, proposals, dialect }: Pick<FileInspection, 'file' | 'proposals' | 'dialect'>,
): TargetDraft {
  const variables = Object.fromEntries(
    Object.entries(target.variables).map(([field, variable]) => [
      field,
      target.named.includes(field) ? variable : (proposals[field] ?? variable),
    ]),
  );
  const reader = target.isDialectChosen ? target.dialect : dialect.suggested;
  const isSame =
    reader === target.dialect &&
    file === target.meant &&
    Object.entries(variables).every(([field, variable]) => target.variables[field] === variable);
  return isSame ? target : { ...target, meant: file, variables, dialect: reader };
}

/** The target as the key's file has it already, so that writing there again asks for nothing new. */
export const asFollowed = (target: TargetDraft, followed: Target): TargetDraft => ({
  ...target,
  variables: Object.fromEntries(
    Object.keys(target.variables).map((field) => [field, followed.variables[field] ?? '']),
  ),
  named: Object.keys(target.variables),
  dialect: followed.dialect,
  isDialectChosen: true,
  keepsExample: followed.keepsExample,
});

/** Under which name a form has the value of a key's field, and its problem. */
export const keyFieldName = (field: string): string => `key.${field}`;

/** What is missing of a pasted key. */
export function keyProblems(
  key: Readonly<Record<string, string>>,
  fields: ProviderSummary['fields'],
): Problems {
  const missing = fields.filter(({ name }) => (key[name] ?? '') === '');
  return Object.fromEntries(
    missing.map(({ name, label }) => [keyFieldName(name), `Paste the ${lowerFirst(label)} here.`]),
  );
}

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** What is still said after a pasted value was edited: nothing about the key any more. */
export function withoutKeyProblems(placed: Placed | null): Placed | null {
  if (placed?.at !== 'fields') return placed;
  const left = Object.entries(placed.problems).filter(([at]) => !at.startsWith(keyFieldName('')));
  return left.length === 0 ? null : { at: 'fields', problems: Object.fromEntries(left) };
}

/** What keeps a key from being taken in: its name, its missing fields, its targets, its period. */
export function takeInProblems(
  draft: Pick<Draft, 'name' | 'targets' | 'period'>,
  key: Readonly<Record<string, string>>,
  fields: ProviderSummary['fields'],
): Problems {
  return {
    ...keyProblems(key, fields),
    ...nameProblem(draft.name),
    ...targetsProblems(draft),
    ...periodProblems(draft.period),
  };
}

/** The variables that the provider's definition proposes, one per field. */
export function proposedVariables(fields: ProviderSummary['fields']): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, field.variable]));
}

/** The targets that were filled in; a row without a path is no target. */
export function filledTargets(draft: Pick<Draft, 'targets'>): readonly TargetDraft[] {
  return draft.targets.filter((target) => target.file.trim() !== '');
}

/** A new, empty target whose id no other target of the form has. */
export function newTarget(targets: readonly TargetDraft[], fields: ProviderSummary['fields']): TargetDraft {
  const id = targets.reduce((highest, target) => Math.max(highest, target.id), 0) + 1;
  return {
    id,
    file: '',
    meant: '',
    variables: proposedVariables(fields),
    named: [],
    dialect: 'any',
    isDialectChosen: false,
    keepsExample: false,
    confirmName: '',
    mayReplace: [],
  };
}

/** What keeps the form from being sent. Empty when nothing does. */
export function problemsOf(draft: Draft, creation: ProviderSummary['creation']): Problems {
  return {
    ...nameProblem(draft.name),
    ...expiryProblem(draft.expiresInDays, creation.expiry?.maxDays ?? null),
    ...targetsProblems(draft),
    ...periodProblems(draft.period),
  };
}

function nameProblem(name: string): Problems {
  if (name.trim() === '') return { name: 'A key needs a name.' };
  return name.trim().length > 80 ? { name: 'A name has at most 80 characters.' } : {};
}

const targetsProblems = (draft: Pick<Draft, 'targets'>): Problems =>
  Object.assign({}, ...filledTargets(draft).map(targetProblems));

/** The problems of the draft that was tried which still stand: those of fields that nobody has touched since. */
export function stillWrong(problems: Problems, tried: Draft, draft: Draft): Problems {
  const isTouched = (at: string): boolean => {
    if (at === 'name') return draft.name !== tried.name;
    if (at.startsWith('period.')) return draft.period !== tried.period;
    if (at === 'expiry') return draft.expiresInDays !== tried.expiresInDays;
    const target = draft.targets.find(({ id }) => at.startsWith(`target.${id}.`));
    return target !== undefined && !tried.targets.includes(target);
  };
  return Object.fromEntries(Object.entries(problems).filter(([at]) => !isTouched(at)));
}

function expiryProblem(text: string, maxDays: number | null): Problems {
  if (text.trim() === '') return {};
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1) return { expiry: 'Type a whole number of days, 1 or more.' };
  if (maxDays !== null && days > maxDays) return { expiry: `The provider allows at most ${maxDays} days.` };
  return {};
}

const variablePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;
const longestVariable = 200;

/** Why a name can be no variable's; null where it can, and for none at all. */
export function variableProblem(typed: string): string | null {
  const name = typed.trim();
  if (name === '') return null;
  if (!variablePattern.test(name)) return 'Letters, digits and underscores; no digit first.';
  return name.length > longestVariable ? `A name has at most ${longestVariable} characters.` : null;
}

/** What is wrong with one target: no file, no variable, a name that no reader takes, a name used twice. */
export function targetProblems(target: TargetDraft): Problems {
  const problems: Record<string, string> = {};
  if (target.file.trim() === '') problems[`target.${target.id}.file`] = 'Type the path of a file.';
  const used = Object.entries(target.variables).filter(([, name]) => name.trim() !== '');
  const first = Object.keys(target.variables)[0];
  if (used.length === 0 && first !== undefined) {
    problems[`target.${target.id}.variable.${first}`] = 'Name a variable for at least one field.';
  }
  const seen = new Set<string>();
  for (const [field, name] of used) {
    const at = `target.${target.id}.variable.${field}`;
    const problem = variableProblem(name);
    if (problem !== null) {
      problems[at] = problem;
    } else if (seen.has(name.trim())) {
      problems[at] = 'Another field has this variable already.';
    }
    seen.add(name.trim());
  }
  return problems;
}

/** A target as main takes it: by the path that was meant, without the fields that were left out. */
export function targetInput(target: TargetDraft): IssueInput['targets'][number] {
  const used = Object.entries(target.variables)
    .map(([field, name]) => [field, name.trim()] as const)
    .filter(([, name]) => name !== '');
  const { dialect, keepsExample, confirmName, mayReplace } = target;
  return {
    file: target.meant === '' ? target.file.trim() : target.meant,
    variables: Object.fromEntries(used),
    dialect,
    keepsExample,
    confirmName,
    mayReplace: [...mayReplace],
  };
}

/** The whole request. Call only with a draft that has a connection and no problems. */
export function issueInput(
  draft: Draft & { readonly connectionId: IssueInput['connectionId'] },
  answers: Record<string, string>,
): IssueInput {
  return {
    connectionId: draft.connectionId,
    name: draft.name.trim(),
    request: {
      scopes: draft.scopes.length === 0 ? null : [...draft.scopes],
      expiresInDays: draft.expiresInDays.trim() === '' ? null : Number(draft.expiresInDays),
      restrictions: { ips: [...draft.ips], referrers: [...draft.referrers], endpoints: [...draft.endpoints] },
    },
    policy: policyOf(draft.period),
    targets: filledTargets(draft).map(targetInput),
    answers,
  };
}

/** Puts a failure at the field that it is about, or above the form when it is about none. */
export function placeFailure(
  failure: PageFailure,
  targets: readonly TargetDraft[],
  questions: readonly Question[] = [],
  fields: ProviderSummary['fields'] = [],
): Placed {
  const { title, body, next } = words(failure);
  const text = next === undefined ? `${title}.` : `${title}. ${next}`;
  switch (failure.code) {
    case 'name-taken':
      return { at: 'fields', problems: { name: text } };
    case 'field-missing':
    case 'key-form-unusual':
    case 'key-of-other-environment':
    case 'key-refused':
    case 'key-known':
      return keyPlace(failure, fields);
    case 'answer-needed':
      return answerPlaces(failure, questions);
    case 'variable-invalid':
    case 'variable-repeated':
    case 'value-unwritable': {
      const place = variablePlace(failure.variable, targets);
      const whole = failure.code === 'value-unwritable' ? `${title}. ${body} ${next ?? ''}`.trim() : text;
      return place === null ? { at: 'form', failure } : { at: 'fields', problems: { [place]: whole } };
    }
    case 'variable-held': {
      const place = heldPlace(failure, targets);
      return place === null
        ? { at: 'form', failure }
        : { at: 'fields', problems: { [place]: next ?? title } };
    }
    case 'file-tracked': {
      const target = targetAt(failure.file, targets);
      return target === null
        ? { at: 'form', failure }
        : {
            at: 'fields',
            problems: { [`target.${target.id}.confirm`]: unconfirmedWords(target.confirmName) },
          };
    }
    default: {
      const place =
        'file' in failure && failure.code !== 'storage-failed' ? filePlace(failure.file, targets) : null;
      return place === null
        ? { at: 'form', failure }
        : { at: 'fields', problems: { [place]: `${title}. ${body}` } };
    }
  }
}

type KeyFailure = Failure<
  'field-missing' | 'key-form-unusual' | 'key-of-other-environment' | 'key-refused' | 'key-known'
>;

/** A failure about a pasted value at the field that it is about; one about the whole key at its first secret field. */
function keyPlace(failure: KeyFailure, fields: ProviderSummary['fields']): Placed {
  const named = 'field' in failure ? fields.find(({ name }) => name === failure.field) : undefined;
  const field = named ?? fields.find(({ secret }) => secret) ?? fields[0];
  if (field === undefined) return { at: 'form', failure };
  const { title, body, next } = words('field' in failure ? { ...failure, field: field.label } : failure);
  const text = [`${title}.`, body, next].filter((part) => part !== undefined).join(' ');
  return {
    at: 'fields',
    problems: { [keyFieldName(field.name)]: text },
    ...(failure.code === 'key-form-unusual' && { mayInsist: true }),
  };
}

/** The questions that the provider wants answered, each at its field; the whole where one of them has no field. */
function answerPlaces(failure: Failure<'answer-needed'>, questions: readonly Question[]): Placed {
  const hasFields = failure.questions.every((name) => questions.some((question) => question.name === name));
  if (!hasFields || failure.questions.length === 0) return { at: 'form', failure };
  const problems = failure.questions.map((name) => [`answer.${name}`, 'The provider wants this answered.']);
  return { at: 'fields', problems: Object.fromEntries(problems) };
}

function filePlace(file: string, targets: readonly TargetDraft[]): string | null {
  const target = targetAt(file, targets);
  return target === null ? null : `target.${target.id}.file`;
}

function targetAt(file: string, targets: readonly TargetDraft[]): TargetDraft | null {
  const exact = targets.find((target) => target.file.trim() === file || target.meant === file);
  // Main may answer with the path that a symlink leads to; with one target there is no doubt which is meant.
  return exact ?? (targets.length === 1 ? targets[0] : undefined) ?? null;
}

function heldPlace(
  { file, variable }: Failure<'variable-held'>,
  targets: readonly TargetDraft[],
): string | null {
  const target = targetAt(file, targets);
  const [field] = Object.entries(target?.variables ?? {}).find(([, name]) => name.trim() === variable) ?? [];
  return target === null || field === undefined ? null : `target.${target.id}.held.${field}`;
}

function variablePlace(variable: string, targets: readonly TargetDraft[]): string | null {
  for (const target of targets) {
    for (const [field, name] of Object.entries(target.variables)) {
      if (name.trim() === variable) return `target.${target.id}.variable.${field}`;
    }
  }
  return null;
}
