import type { Definition, DefinitionData } from '../definition.ts';
import { loadDefinition } from '../load-definition.ts';
import { npmRegistry } from './npm-registry.ts';
import { sandboxBearerRest } from './sandbox-bearer-rest.ts';

const builtIn: readonly DefinitionData[] = [sandboxBearerRest, npmRegistry];

/** The definitions that come with the app. Loading this module throws when one is faulty, which its test finds first. */
export const catalog: readonly Definition[] = builtIn.map((data) => {
  const loaded = loadDefinition(data);
  if (loaded.ok) return loaded.value;
  const faults = loaded.error.map(({ at, message }) => `${at} ${message}`).join('; ');
  throw new Error(`The definition ${data.id} is faulty: ${faults}`);
});
