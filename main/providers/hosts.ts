import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { parseBaseUrl } from './base-url.ts';
import type { Definition, DefinitionParts, HostDefinition } from './definition.ts';
import { type Issue, placeOf } from './issue.ts';
import {
  asHostLabel,
  asPathSegment,
  type Encoding,
  expand,
  type Inputs,
  namesIn,
  parseTemplate,
  type TemplateFault,
} from './templates.ts';

/** What a connection's hosts are found by. */
export interface HostFacts {
  readonly settings: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly credential: SecretFields;
}

/**
 * The base address of one of a definition's hosts for this connection. Fails as `answer-needed` when the
 * setting that it depends on is missing or is not an address, as `provider-insecure` when it is without TLS.
 */
export function baseUrlOf(
  definition: Definition,
  host: string,
  facts: HostFacts,
): Result<URL, ProviderFailure> {
  const described = definition.hosts[host];
  if (described === undefined) return fail(failure('answer-needed', { questions: [host] }));
  const found = addressOf(described, facts);
  if (found.address === null) return fail(failure('answer-needed', { questions: [found.asks] }));
  const parsed = parseBaseUrl(found.address);
  if (parsed.ok) return parsed;
  return parsed.error.reason === 'insecure'
    ? fail(failure('provider-insecure', { host: parsed.error.host }))
    : fail(failure('answer-needed', { questions: [found.asks] }));
}

/** Where the host `api` is. */
export function originOf(definition: Definition, facts: HostFacts): Result<string, ProviderFailure> {
  const base = baseUrlOf(definition, 'api', facts);
  return base.ok ? ok(base.value.origin) : base;
}

/**
 * The origins that a new connection is pinned to: of `api`, and of every other host by its name. A host whose answer
 * is not given has none, and cannot be called either.
 */
export function originsOf(
  definition: Definition,
  facts: HostFacts,
): Result<{ readonly origin: string; readonly origins: Record<string, string> }, ProviderFailure> {
  const origin = originOf(definition, facts);
  if (!origin.ok) return origin;
  const origins: Record<string, string> = {};
  for (const host of Object.keys(definition.hosts).filter((name) => name !== 'api')) {
    const base = baseUrlOf(definition, host, facts);
    if (base.ok) origins[host] = base.value.origin;
    else if (base.error.code !== 'answer-needed') return base;
  }
  return ok({ origin: origin.value, origins });
}

function addressOf(host: HostDefinition, facts: HostFacts): { address: string | null; asks: string } {
  switch (host.kind) {
    case 'fixed':
      return { address: host.url, asks: '' };
    case 'by-environment':
      return { address: host[facts.environment], asks: '' };
    case 'asked':
      return { address: own(facts.settings, host.setting), asks: host.setting };
    case 'choice': {
      const chosen = own(facts.settings, host.setting);
      return { address: chosen === null ? null : own(host.urls, chosen), asks: host.setting };
    }
    case 'by-prefix': {
      const value = facts.credential[host.credential]?.reveal() ?? '';
      const fitting = Object.keys(host.urls).filter((start) => value.startsWith(start));
      // `sk_` is the beginning of `sk_test_` as well; the longest says most.
      const prefix = fitting.sort((a, b) => b.length - a.length)[0];
      return { address: prefix === undefined ? null : own(host.urls, prefix), asks: host.credential };
    }
    case 'template': {
      const inputs = new Map(
        Object.entries(facts.settings).map(([name, value]) => [`setting.${name}`, value]),
      );
      const [, authority = '', path = ''] = /^(https?:\/\/[^/]*)(.*)$/.exec(host.url) ?? [];
      const expanded = expandTwo([authority, asHostLabel], [path, asPathSegment], inputs);
      return expanded.ok
        ? { address: expanded.value, asks: '' }
        : { address: null, asks: expanded.error.name.replace(/^setting\./, '') };
    }
  }
}

function expandTwo(
  first: readonly [string, Encoding],
  second: readonly [string, Encoding],
  inputs: Inputs,
): Result<string, TemplateFault> {
  const before = expand(first[0], inputs, first[1]);
  if (!before.ok) return before;
  const after = expand(second[0], inputs, second[1]);
  return after.ok ? ok(before.value + after.value) : after;
}

function own(record: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(record, name) ? (record[name] ?? null) : null;
}

/** Hosts that depend on something that is never asked, or whose written addresses cannot be used. */
export function hostIssues(definition: DefinitionParts): Issue[] {
  const settings = new Set(definition.settings.map((setting) => setting.name));
  const credential = new Set(definition.credential.map((question) => question.name));
  const issues: Issue[] = [];
  if (!Object.hasOwn(definition.hosts, 'api')) issues.push({ at: 'hosts', message: 'has no host "api"' });
  for (const [name, host] of Object.entries(definition.hosts)) {
    const issue = (message: string, ...steps: string[]) =>
      issues.push({ at: placeOf(['hosts', name, ...steps]), message });
    const address = (text: string, ...steps: string[]) => {
      const parsed = parseBaseUrl(text);
      if (!parsed.ok) issue(parsed.error.message, ...steps);
    };
    const known = (setting: string) => {
      if (!settings.has(setting)) issue(`"${setting}" is not one of the settings`, 'setting');
    };
    switch (host.kind) {
      case 'fixed':
        address(host.url, 'url');
        break;
      case 'by-environment':
        address(host.test, 'test');
        address(host.live, 'live');
        break;
      case 'asked':
        known(host.setting);
        break;
      case 'choice':
        known(host.setting);
        for (const [value, url] of Object.entries(host.urls)) address(url, 'urls', value);
        break;
      case 'by-prefix':
        if (!credential.has(host.credential)) {
          issue(`"${host.credential}" is not part of the credential`, 'credential');
        }
        for (const [prefix, url] of Object.entries(host.urls)) address(url, 'urls', prefix);
        break;
      case 'template': {
        const parsed = parseTemplate(host.url);
        if (!parsed.ok) issue(parsed.error, 'url');
        for (const used of namesIn(host.url)) {
          if (!settings.has(used.replace(/^setting\./, '')))
            issue(`names "${used}", which is no setting`, 'url');
        }
        address(host.url.replace(/\{[^{}]*\}/g, 'x'), 'url');
        const domain = domainIssue(host.url);
        if (domain !== null) issue(domain, 'url');
        break;
      }
    }
  }
  return issues;
}

/** Stands for a setting in an example of a host name. */
const filled = 'a0setting0z';

/**
 * What is wrong with where a template puts settings into its host name: one may fill a whole label, and none of the last two,
 * which keep the address within one domain. Judged by the name as it is resolved, so that no way of writing it hides a label.
 */
function domainIssue(url: string): string | null {
  const example = url.replace(/\{[^{}]*\}/g, filled);
  if (!URL.canParse(example)) return null;
  const labels = new URL(example).hostname.split('.').filter((label) => label !== '');
  if (labels.slice(-2).some((label) => label.includes(filled))) {
    return 'lets a setting choose the domain: the last two labels of the host name must be written out';
  }
  const isPart = labels.some((label) => label.includes(filled) && label !== filled);
  return isPart ? 'lets a setting fill a part of a label: it must stand between two dots' : null;
}
