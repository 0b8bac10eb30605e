import { z } from 'zod';
import type { DefinitionRecord } from '../../shared/domain/definition-record.ts';
import { failure } from '../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import { isPlayedBySandbox } from '../../shared/domain/sandbox.ts';
import { unknownProvider } from '../../shared/domain/unknown-provider.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { ProviderCatalog } from '../connections/connection-ports.ts';
import type { RecordSet } from '../storage/records.ts';
import { builtInDefinition, builtInIds, catalog } from './catalog/catalog.ts';
import type { Definition } from './definition.ts';
import { originsOf } from './hosts.ts';
import { parseJson } from './json.ts';
import { loadDefinition } from './load-definition.ts';
import { dashboardUrlOf, pagesOf } from './pages.ts';
import { connectProvider } from './provider-client.ts';
import { recognise } from './recognise.ts';
import { usageSnippets } from './snippets.ts';
import { toProviderSummary } from './summary.ts';
import type { Fetch } from './transport.ts';

/** The definitions of the user's own, by the id of their provider. */
export type OwnDefinitions = Pick<RecordSet<string, DefinitionRecord>, 'all' | 'get'>;

interface Known {
  readonly definition: Definition;
  readonly summary: ProviderSummary;
}

/**
 * The built-in definitions and those of the user's own, and the client that interprets them. `own` answers what the open
 * vault holds at that moment, null while it is closed.
 *
 * [Note: one definition for an id]
 * An update of the app may bring a definition whose id one of the user's own has. By which of the two a connection was
 * made cannot be told then, so that neither is used for it until the user has removed their own.
 */
export function createProviderCatalog(world: {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly own: () => OwnDefinitions | null;
}): ProviderCatalog {
  const builtIn = new Map<string, Known>();
  const loaded = new WeakMap<DefinitionRecord, Known | null>();

  function builtInOf(providerId: string): Known | undefined {
    const before = builtIn.get(providerId);
    if (before !== undefined) return before;
    const definition = builtInDefinition(providerId);
    if (definition === undefined) return undefined;
    const known = knownBy(definition, 'built-in');
    builtIn.set(providerId, known);
    return known;
  }

  function load(record: DefinitionRecord): Known | null {
    const before = loaded.get(record);
    if (before !== undefined) return before;
    const known = builtInIds.includes(record.id) ? null : readOwn(record);
    loaded.set(record, known);
    return known;
  }

  function find(providerId: string): Known | undefined {
    const record = world.own()?.get(providerId);
    return record === undefined ? builtInOf(providerId) : (load(record) ?? undefined);
  }

  const unknown = (provider: string) => fail(failure('definition-unknown', { provider }));
  const ownOnes = () => world.own()?.all() ?? [];

  function everyDefinition(): Definition[] {
    const own = ownOnes().flatMap((record) => load(record)?.definition ?? []);
    const taken = new Set(ownOnes().map(({ id }) => id));
    return [...catalog().filter(({ id }) => !taken.has(id)), ...own];
  }

  return {
    summaries: () => {
      const own = ownOnes();
      const taken = new Set(own.map(({ id }) => id));
      return [
        ...builtInIds.filter((id) => !taken.has(id)).flatMap((id) => builtInOf(id)?.summary ?? []),
        ...own.map((record) => load(record)?.summary ?? unusable(record)),
      ];
    },
    summary: (providerId) => find(providerId)?.summary,
    builtIn: (providerId) => builtInOf(providerId)?.summary,
    recognise: (value) => recognise(everyDefinition(), value),
    snippets: (connection, variables) => {
      const known = find(connection.providerId);
      if (known === undefined) return unknown(connection.providerId);
      return ok(usageSnippets(known.definition, connection, variables));
    },
    dashboardUrl: ({ providerId, settings }) => {
      const known = find(providerId);
      return known === undefined ? null : dashboardUrlOf(known.definition, settings);
    },
    namesPage: (providerId, url) => {
      const known = find(providerId);
      return known !== undefined && pagesOf(known.definition).includes(url);
    },
    originsOf: (connection, credential) => {
      const known = find(connection.providerId);
      if (known === undefined) return unknown(connection.providerId);
      return originsOf(known.definition, { ...connection, credential });
    },
    connect: (connection, credential) => {
      const known = find(connection.providerId);
      if (known === undefined) return unknown(connection.providerId);
      return ok(
        connectProvider({
          definition: known.definition,
          settings: connection.settings,
          origin: connection.origin,
          origins: connection.origins,
          isBuiltIn: known.summary.source === 'built-in',
          environment: connection.environment,
          credential,
          fetch: world.fetch,
          clock: world.clock.now,
          sleep: world.clock.sleep,
        }),
      );
    },
  };
}

function knownBy(definition: Definition, source: ProviderSummary['source']): Known {
  return { definition, summary: toProviderSummary(definition, source) };
}

/** What a definition of the user's own says; null where this version of the app cannot use it. */
function readOwn(record: DefinitionRecord): Known | null {
  if (isPlayedBySandbox(record.id)) return null;
  const json = parseJson(record.json);
  const definition = loadDefinition(json.ok ? json.value : null);
  return definition.ok && definition.value.id === record.id ? knownBy(definition.value, 'file') : null;
}

/** A definition that cannot be used is listed by its name, so that it can be replaced or removed. */
function unusable(record: DefinitionRecord): ProviderSummary {
  const json = parseJson(record.json);
  const named = z.object({ name: z.string().min(1) }).safeParse(json.ok ? json.value : null);
  return unknownProvider(record.id, ['test', 'live'], named.success ? named.data.name : record.id);
}
