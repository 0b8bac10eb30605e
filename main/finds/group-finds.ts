import { setImmediate } from 'node:timers/promises';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Find } from '../../shared/ipc/search.contract.ts';
import type { Secret } from '../secrets/secret.ts';
import { fieldsBeside } from './beside.ts';
import { type Guess, guessesFor, type KnownProviders, weightOf } from './candidates.ts';
import type { LoadedFile } from './load-file.ts';
import { isCalledSecret } from './name-match.ts';
import { isPlaceholder, isVaried } from './placeholder.ts';
import type { FoundVariable } from './variables-in.ts';

/** A place where a value stands. */
export interface Sighting {
  readonly file: LoadedFile;
  readonly at: FoundVariable;
}

/** What a value may be: a field of a provider's keys, with the other fields as each file has them. */
export interface Reading {
  readonly guess: Guess;
  readonly provider: ProviderSummary;
  /** For each sighting, in their order, the other fields beside it. */
  readonly beside: readonly Readonly<Record<string, FoundVariable>>[];
}

/** Which field of which of the vault's keys a value is. */
export interface KnownKey {
  readonly key: Pick<KeyRecord, 'id' | 'name' | 'targets'>;
  readonly providerId: string;
  readonly field: string;
}

/** Which field of which of the vault's revoked keys had a value. */
export interface RevokedKey {
  readonly told: NonNullable<Find['revoked']>;
  readonly providerId: string;
  readonly field: string;
}

/** What the vault knows of a value. */
export interface VaultLook {
  readonly knownKey: (value: Secret) => KnownKey | null;
  /** Asked only where no living key has the value. */
  readonly revokedKey: (value: Secret) => RevokedKey | null;
}

/** One value that looks like a key or is one of the vault's, wherever it stands. */
export interface Group {
  readonly value: Secret;
  readonly known: KnownKey | null;
  readonly revoked: RevokedKey | null;
  readonly sightings: readonly Sighting[];
  /** The most likely first. */
  readonly readings: readonly [Reading, ...Reading[]];
}

/** What the values of all files come to. */
export interface Grouped {
  readonly groups: readonly Group[];
  /** Where each value stands that is called like a secret and looks like one, of no provider that is known. */
  readonly strangers: readonly (readonly Sighting[])[];
}

/**
 * Puts equal values of all files together, and leaves out what seems to be no key, or only a part of one. It lets others
 * go ahead now and then, and ends with what it has when `signal` is aborted.
 */
export async function groupFinds(
  providers: KnownProviders,
  { knownKey, revokedKey }: VaultLook,
  files: readonly LoadedFile[],
  signal: AbortSignal,
): Promise<Grouped> {
  const remembered = remembering(providers);
  const groups: Group[] = [];
  const strangers: (readonly Sighting[])[] = [];
  let begun = performance.now();
  for (const sightings of byValue(files)) {
    if (performance.now() - begun > longestStretchMs) {
      await setImmediate();
      if (signal.aborted) break;
      begun = performance.now();
    }
    const value = sightings[0].at.value;
    const known = knownKey(value);
    const revoked = known === null ? revokedKey(value) : null;
    const guesses = guessesAt(remembered, sightings);
    const [first, ...others] = readingsOf(remembered, known ?? revoked, guesses, sightings);
    if (first !== undefined) groups.push({ value, known, revoked, sightings, readings: [first, ...others] });
    else if (guesses.length === 0) {
      const called = sightings.filter(({ file, at }) => !file.isExample && isCalledSecret(at.variable));
      if (called.length > 0 && isVaried(value.reveal())) strangers.push(called);
    }
  }
  return { groups, strangers };
}

const longestStretchMs = 20;

type Sightings = [Sighting, ...Sighting[]];

function byValue(files: readonly LoadedFile[]): Iterable<Readonly<Sightings>> {
  const found = new Map<string, Sightings>();
  for (const file of files) {
    for (const at of file.variables) {
      const text = at.value.reveal();
      if (isPlaceholder(text)) continue;
      const before = found.get(text);
      if (before === undefined) found.set(text, [{ file, at }]);
      else before.push({ file, at });
    }
  }
  return found.values();
}

/** The same answers, each of which is worked out once. */
function remembering(known: KnownProviders): KnownProviders {
  const summaries = known.summaries();
  const recognised = new WeakMap<Secret, ReturnType<KnownProviders['recognise']>>();
  return {
    summaries: () => summaries,
    recognise(value) {
      const before = recognised.get(value);
      if (before !== undefined) return before;
      const candidates = known.recognise(value);
      recognised.set(value, candidates);
      return candidates;
    },
  };
}

/** Which fields the value may be under its names, the most likely first. */
function guessesAt(providers: KnownProviders, sightings: readonly Sighting[]): Guess[] {
  return sightings
    .flatMap(({ file, at }) =>
      // An example's names are those of real files, and its values are not.
      guessesFor(providers, at.variable, at.value).filter(
        ({ form }) => !file.isExample || form === 'telling',
      ),
    )
    .sort((a, b) => weightOf(b) - weightOf(a));
}

/** The most likely first, and before all the one that the vault knows. */
function readingsOf(
  providers: KnownProviders,
  known: Pick<KnownKey, 'providerId' | 'field'> | null,
  guesses: readonly Guess[],
  sightings: readonly Sighting[],
): Reading[] {
  const isIt = ({ providerId, field }: Guess) => providerId === known?.providerId && field === known.field;
  const certain: Guess[] =
    known === null
      ? []
      : [
          guesses.find(isIt) ?? {
            providerId: known.providerId,
            field: known.field,
            environment: null,
            form: 'none',
            name: 'none',
          },
        ];
  const seen = new Set<string>();
  return [...certain, ...guesses].flatMap((guess): Reading[] => {
    if (seen.has(guess.providerId)) return [];
    seen.add(guess.providerId);
    const provider = providers.summaries().find(({ id }) => id === guess.providerId);
    if (provider === undefined) return [];
    const beside = sightings.map(({ file, at }) => fieldsBeside(providers, file, at, provider, guess.field));
    return isPartOfAnother(provider, guess, beside) ? [] : [{ guess, provider, beside }];
  });
}

/** A field that is not secret is no find, nor is one whose key's main field stands beside it everywhere. */
function isPartOfAnother(
  provider: ProviderSummary,
  { field }: Guess,
  beside: readonly Readonly<Record<string, FoundVariable>>[],
): boolean {
  const main = provider.fields.find(({ secret }) => secret);
  const isSecret = provider.fields.find(({ name }) => name === field)?.secret ?? false;
  if (!isSecret || main === undefined) return true;
  return main.name !== field && beside.every((others) => Object.hasOwn(others, main.name));
}

/** What told that it is a key; of one that the vault knows, the value itself. */
export function toldBy({ form, name }: Guess): Find['by'] {
  if (name === 'none') return 'form';
  return form === 'none' ? 'name' : 'both';
}
