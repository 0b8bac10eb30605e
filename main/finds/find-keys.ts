import type { Find, SearchProgress, Stranger } from '../../shared/ipc/search.contract.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Git } from '../git/git.ts';
import { inOrder } from '../in-order.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';
import type { KnownProviders } from './candidates.ts';
import {
  type Group,
  groupFinds,
  type Reading,
  type Sighting,
  toldBy,
  type VaultLook,
} from './group-finds.ts';
import { type LoadedFile, loadFile } from './load-file.ts';
import type { FoundVariable } from './variables-in.ts';
import { type FolderFailure, type Skipped, walkEnvFiles } from './walk-env-files.ts';

/** What a search for keys asks of the rest of the app. */
export interface FindPorts extends VaultLook {
  readonly providers: KnownProviders;
  readonly git: Pick<Git, 'standingOf'>;
  /** When each line of a file that Git tracks was committed, by its text. */
  readonly lineTimes: (file: string) => Promise<ReadonlyMap<string, number>>;
  readonly newId: () => string;
}

/** A find, and what main has to know to take it in. */
export interface FoundKey {
  readonly find: Find;
  readonly value: Secret;
  /** By the id of the provider that it may be of. */
  readonly adoptable: ReadonlyMap<string, Adoptable>;
}

/** A key as one of the providers has it: the value of each field, and the variables that hold them. */
export interface Adoptable {
  readonly fields: SecretFields;
  readonly targets: readonly {
    readonly file: string;
    readonly variables: Readonly<Record<string, string>>;
  }[];
}

export interface FoundKeys {
  readonly keys: readonly FoundKey[];
  readonly strangers: readonly Stranger[];
  /** How many files were read. */
  readonly files: number;
  readonly skipped: readonly Skipped[];
  /** How many files were passed by before `signal` was aborted; null where it was not. */
  readonly stoppedAfter: number | null;
}

const filesAtOnce = 8;
/** For looking into what was found by then. */
const mostMsAfterStop = 2_000;

/**
 * Looks for keys in the `.env` files of a folder. Nothing is written or sent. When `signal` is aborted, it answers soon,
 * with whatever it has: the keys in the files that it has come to so far.
 */
export async function findKeys(
  ports: FindPorts,
  folder: string,
  signal: AbortSignal,
  progress: (progress: SearchProgress) => void,
): Promise<Result<FoundKeys, FolderFailure>> {
  const tell = (looked: number, total: number | null, found: number) =>
    progress({ doing: 'finding', done: looked, total, unit: 'files', found });
  const late = laterThan(signal, mostMsAfterStop);
  const walked = await walkEnvFiles(folder, { signal, progress: (looked) => tell(looked, null, 0) });
  if (!walked.ok) return walked;

  const loaded: LoadedFile[] = [];
  const skipped = [...walked.value.skipped];
  const { files } = walked.value;
  const reading = inOrder(files, filesAtOnce, async (file) => ({ file, read: await loadFile(file) }));
  let done = 0;
  for await (const { file, read } of reading) {
    if (late.aborted) break;
    done += 1;
    if (read.ok) loaded.push(read.value);
    else skipped.push({ file, reason: read.error });
    tell(done, files.length, 0);
  }
  const { groups, strangers } = await groupFinds(ports.providers, ports, loaded, late);
  const facts = await factsAbout(ports, groups, late);
  tell(files.length, files.length, groups.length);
  return ok({
    keys: groups.map((group) => foundKey(ports, group, facts)),
    strangers: strangers.map((sightings) => ({ places: sightings.map(placeOf) })),
    files: loaded.length,
    skipped,
    stoppedAfter: signal.aborted ? walked.value.looked : null,
  });
}

/** Aborted so long after the other. */
function laterThan(signal: AbortSignal, ms: number): AbortSignal {
  const late = new AbortController();
  const begin = () => void setTimeout(() => late.abort(), ms).unref();
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return late.signal;
}

const placeOf = ({ file, at }: Sighting) => ({ file: file.file, variable: at.variable, line: at.line });

/** What is asked once for each file that has a find in it. */
interface FileFacts {
  readonly tracked: boolean;
  readonly committedAt: ReadonlyMap<string, number>;
}

async function factsAbout(
  { git, lineTimes }: FindPorts,
  groups: readonly Group[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, FileFacts>> {
  const files = new Set(groups.flatMap(({ sightings }) => sightings.map(({ file }) => file.file)));
  const facts = new Map<string, FileFacts>();
  const asking = inOrder(files, 2, async (file) => {
    const tracked = (await git.standingOf(file)).state === 'tracked';
    const committedAt = tracked ? await lineTimes(file) : new Map<string, number>();
    return { file, tracked, committedAt };
  });
  for await (const { file, ...told } of asking) {
    if (signal.aborted) break;
    facts.set(file, told);
  }
  return facts;
}

function foundKey(ports: FindPorts, group: Group, facts: ReadonlyMap<string, FileFacts>): FoundKey {
  const { value, known, revoked, sightings, readings } = group;
  const text = value.reveal();
  const places = sightings.map((sighting) => ({
    ...placeOf(sighting),
    tracked: facts.get(sighting.file.file)?.tracked ?? false,
  }));
  const follows = (file: string, variable: string) =>
    known?.key.targets.some((one) => one.file === file && Object.values(one.variables).includes(variable)) ??
    false;
  const lacking = sightings
    .filter((one) => counts(one) && !follows(one.file.file, one.at.variable))
    .map(({ file }) => file.file);
  const find: Find = {
    id: ports.newId(),
    lastFour: text.slice(-4),
    places,
    by: toldBy(readings[0].guess),
    candidates: readings.map(candidateOf),
    known:
      known === null
        ? null
        : {
            id: known.key.id,
            name: known.key.name,
            followed: places
              .filter(({ file, variable }) => follows(file, variable) && !lacking.includes(file))
              .map(({ file }) => file),
          },
    revoked: revoked?.told ?? null,
    since: sinceOf(group, facts),
  };
  const adoptable = readings.map((one) => [one.provider.id, adoptableAs(group, one)] as const);
  return { find, value, adoptable: new Map(adoptable) };
}

function candidateOf(reading: Reading): Find['candidates'][number] {
  const { guess, provider } = reading;
  const others = fullest(reading);
  return {
    providerId: guess.providerId,
    field: guess.field,
    environment: guess.environment,
    others: Object.fromEntries(Object.entries(others).map(([field, { variable }]) => [field, variable])),
    missing: provider.fields
      .map(({ name }) => name)
      .filter((name) => name !== guess.field && !Object.hasOwn(others, name)),
  };
}

/** The other fields where most of them stand beside the value. */
function fullest({ beside }: Reading): Reading['beside'][number] {
  const count = (others: object) => Object.keys(others).length;
  return beside.reduce((most, others) => (count(others) > count(most) ? others : most), beside[0] ?? {});
}

function adoptableAs({ value, sightings }: Group, reading: Reading): Adoptable {
  const { guess, beside } = reading;
  const others = fullest(reading);
  const fields = Object.fromEntries(Object.entries(others).map(([name, found]) => [name, found.value]));
  const counting = sightings
    .map((sighting, index) => ({ ...sighting, others: beside[index] ?? {} }))
    .filter(counts);
  const taken = new Set<FoundVariable>();
  const targets = counting.map(({ file, at, others: found }) => {
    // A variable beside it that holds another value belongs to another key.
    const alike = Object.entries(found).filter(
      ([name, one]) => fields[name]?.reveal() === one.value.reveal(),
    );
    // Two variables of a file with the same value are two targets, and share none of those beside them.
    const own = alike.filter(([, one]) => !taken.has(one));
    for (const [, one] of own) taken.add(one);
    const variables = own.map(([name, one]) => [name, one.variable]);
    return { file: file.file, variables: { [guess.field]: at.variable, ...Object.fromEntries(variables) } };
  });
  return { fields: { [guess.field]: value, ...fields }, targets };
}

/** Readers take the last of several assignments, and a target holds what they read. */
const counts = ({ file, at }: Sighting): boolean =>
  file.variables.findLast(({ variable }) => variable === at.variable) === at;

/** The earliest that anything tells: a file that was last changed then has held the value since, at least. */
function sinceOf({ sightings }: Group, facts: ReadonlyMap<string, FileFacts>): number | null {
  const times = sightings.flatMap(({ file, at }) => [
    file.changedAt ?? [],
    facts.get(file.file)?.committedAt.get(at.text.reveal()) ?? [],
  ]);
  return times.length === 0 ? null : Math.min(...times.flat());
}
