import type { KnownProviders } from '../../../main/finds/candidates.ts';
import { type FindPorts, type FoundKeys, findKeys } from '../../../main/finds/find-keys.ts';
import { lineTimes } from '../../../main/git/line-times.ts';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import { recognise } from '../../../main/providers/recognise.ts';
import { toProviderSummary } from '../../../main/providers/summary.ts';
import type { Find } from '../../../shared/ipc/search.contract.ts';
import { createGitWorld, type GitWorld } from '../git/git-world.ts';

const summaries = catalog().map((definition) => toProviderSummary(definition, 'built-in'));

/** The providers that come with the app. */
export const builtIn: KnownProviders = {
  recognise: (value) => recognise(catalog(), value),
  summaries: () => summaries,
};

const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Letters and digits that nobody was ever given: the same for the same number, and different for each. */
export function madeUp(length: number, number = 1, from = characters): string {
  let state = number * 48_271 + 11;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return from[state % from.length];
  }).join('');
}

/** Values that look as the providers' keys do, put together here so that they stand nowhere in the source. */
export const lookalike = {
  stripe: (number = 1, environment = 'live') => ['sk', environment, madeUp(24, number)].join('_'),
  resend: (number = 1) => ['re', madeUp(24, number)].join('_'),
  openRouter: (number = 1) => ['sk', 'or', 'v1', madeUp(64, number, '0123456789abcdef')].join('-'),
  twilioSid: (number = 1) => ['SK', madeUp(32, number, '0123456789abcdef')].join(''),
  hash: (number = 1) => madeUp(32, number, '0123456789abcdef'),
};

export interface FindsWorld extends GitWorld {
  /** Writes a file of variables below the world's folder, and answers its path. */
  env(name: string, variables: Readonly<Record<string, string>>): Promise<string>;
  find(ports?: Partial<FindPorts>, signal?: AbortSignal, progress?: () => void): Promise<FoundKeys>;
  finds(ports?: Partial<FindPorts>): Promise<Find[]>;
}

/** A folder to look for keys in, with the providers that come with the app and an empty vault. */
export async function createFindsWorld(): Promise<FindsWorld> {
  const world = await createGitWorld();
  let ids = 0;
  const never = new AbortController().signal;
  const find: FindsWorld['find'] = async (ports = {}, signal = never, progress = () => undefined) => {
    const all: FindPorts = {
      providers: builtIn,
      git: world.git,
      lineTimes: (file) => lineTimes(world.run, file),
      knownKey: () => null,
      revokedKey: () => null,
      newId: () => {
        ids += 1;
        return `find-${ids}`;
      },
      ...ports,
    };
    const found = await findKeys(all, world.folder, signal, progress);
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  return {
    ...world,
    env: (name, variables) =>
      world.write(
        name,
        Object.entries(variables)
          .map(([variable, value]) => `${variable}=${value}\n`)
          .join(''),
      ),
    find,
    finds: async (ports) => (await find(ports)).keys.map((key) => key.find),
  };
}
