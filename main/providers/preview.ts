import type { DefinitionPreview } from '../../shared/ipc/connections.contract.ts';
import type { Definition, DefinitionParts, HostDefinition } from './definition.ts';
import type { RequestDefinition } from './operation.ts';

type Preview = Omit<DefinitionPreview, 'replaces' | 'digest'>;
type Call = Preview['calls'][number];

/** What a definition would do: where it sends requests to and which, as far as that is known before it is used. */
export function previewOf(definition: Definition): Preview {
  const { id, name, description, website, environments, hosts, fields } = definition;
  return {
    id,
    name,
    description,
    website,
    environments: [...environments],
    hosts: Object.entries(hosts).map(([host, described]) => ({
      name: host,
      address: inWords(described, definition),
    })),
    calls: callsOf(definition),
    fields: fields.map(({ label, variable, secret }) => ({ label, variable, secret })),
  };
}

const purposes = {
  create: 'Make a key',
  list: 'List the keys',
  revoke: 'Revoke a key',
  rotate: 'Replace the value of a key',
  check: 'Check a key',
  probe: 'Try the credential',
} as const;

function callsOf(definition: Definition): Call[] {
  const { operations, authentication, settings, creation } = definition;
  const call = (purpose: string, request: Pick<RequestDefinition, 'method' | 'host' | 'path'>): Call => ({
    purpose,
    method: request.method,
    address: addressOf(request, definition),
  });
  const logins = [authentication, operations.check?.authentication].flatMap((proof) =>
    proof?.kind === 'exchange' ? [call('Log in', proof.request)] : [],
  );
  const named = Object.entries(purposes).flatMap(([name, purpose]) => {
    const operation = operations[name as keyof typeof purposes];
    return operation === undefined ? [] : [call(purpose, operation)];
  });
  const lists = [
    ...settings.map(({ label, optionsFrom }) => ({ what: `“${label}”`, optionsFrom })),
    { what: 'scopes', optionsFrom: creation.scopes?.optionsFrom },
  ].flatMap(({ what, optionsFrom }) =>
    optionsFrom === undefined
      ? []
      : [call(`List what may be chosen for ${what}`, { method: 'GET', host: 'api', path: optionsFrom.path })],
  );
  return [...logins, ...named, ...lists];
}

function addressOf({ host, path }: Pick<RequestDefinition, 'host' | 'path'>, definition: Definition): string {
  const described = definition.hosts[host];
  const base = described?.kind === 'fixed' || described?.kind === 'template' ? described.url : `‹${host}›`;
  return withLabels(`${base.replace(/\/+$/, '')}${path}`, definition);
}

/** Where a host is, in words where that depends on what the user answers. */
function inWords(host: HostDefinition, definition: DefinitionParts): string {
  const label = (setting: string) =>
    definition.settings.find(({ name }) => name === setting)?.label ?? setting;
  switch (host.kind) {
    case 'fixed':
      return host.url;
    case 'template':
      return withLabels(host.url, definition);
    case 'asked':
      return `the address that you enter as “${label(host.setting)}”`;
    case 'by-environment':
      return `${host.test} for test keys, ${host.live} for live keys`;
    case 'choice':
      return `one of ${[...new Set(Object.values(host.urls))].join(', ')}, by “${label(host.setting)}”`;
    case 'by-prefix':
      return `one of ${[...new Set(Object.values(host.urls))].join(', ')}, by how the credential begins`;
  }
}

/** Settings by what they are called on the screen; everything else that is filled in by its name. */
function withLabels(template: string, { settings }: DefinitionParts): string {
  return template.replace(/\{(?:setting\.)?([^{}]*)\}/g, (_whole, name: string) => {
    const setting = settings.find((one) => one.name === name);
    return `‹${setting?.label ?? name}›`;
  });
}
