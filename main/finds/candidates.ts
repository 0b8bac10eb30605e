import type { Environment } from '../../shared/domain/key.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import { isPlayedBySandbox } from '../../shared/domain/sandbox.ts';
import type { Candidate } from '../connections/connection-ports.ts';
import { Secret } from '../secrets/secret.ts';
import { fitOfName, type NameFit } from './name-match.ts';

/** What the app knows of providers. */
export interface KnownProviders {
  recognise(value: Secret): readonly Candidate[];
  summaries(): readonly ProviderSummary[];
}

/** A field of a provider's keys that a value may be, and what told. */
export interface Guess {
  readonly providerId: string;
  readonly field: string;
  readonly environment: Environment | null;
  /** `telling`: by how it begins or is built; `plain`: as any value of these characters and this length. */
  readonly form: 'telling' | 'plain' | 'none';
  readonly name: NameFit;
}

/**
 * Which fields a value under this name may be: those whose form tells it, and those whose name the variable has. What
 * has only the looks of a hash, or only a name in other words, is none.
 */
export function guessesFor(known: KnownProviders, variable: string, value: Secret): Guess[] {
  const backwards = known.recognise(reversed(value));
  const byForm = known.recognise(value);
  return known
    .summaries()
    .flatMap((provider) =>
      provider.fields.map((field): Guess => {
        const isIt = (one: Candidate) => one.providerId === provider.id && one.field === field.name;
        const formed = byForm.find(isIt);
        const form = formOf(formed !== undefined, backwards.some(isIt));
        return {
          providerId: provider.id,
          field: field.name,
          environment: formed?.environment ?? null,
          form,
          name: fitOfName(variable, provider, field),
        };
      }),
    )
    .filter((guess) => isLikely(guess));
}

function formOf(fits: boolean, fitsBackwards: boolean): Guess['form'] {
  if (!fits) return 'none';
  return fitsBackwards ? 'plain' : 'telling';
}

/** A form that takes the same letters and digits in reverse as well says nothing of its own, such as "32 hex digits". */
function reversed(value: Secret): Secret {
  const text = value.reveal();
  const backwards = [...text.matchAll(/[A-Za-z0-9]/g)].map(([character]) => character).reverse();
  return new Secret(text.replace(/[A-Za-z0-9]/g, () => backwards.shift() ?? ''));
}

function isLikely({ providerId, form, name }: Guess): boolean {
  if (form === 'telling') return true;
  if (form === 'plain') return name !== 'none';
  // The sandbox's keys have forms of their own, and the names of those they stand in for.
  return (name === 'exact' || name === 'within') && !isPlayedBySandbox(providerId);
}

const weights = {
  form: { telling: 8, plain: 2, none: 0 },
  name: { exact: 4, within: 3, like: 2, none: 0 },
} as const;

/** How much speaks for a guess. */
export const weightOf = ({ providerId, form, name }: Guess) =>
  weights.form[form] + weights.name[name] - (isPlayedBySandbox(providerId) ? 0.5 : 0);
