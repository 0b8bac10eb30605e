import type { DefinitionParts } from './definition.ts';
import { type Issue, placeOf } from './issue.ts';
import type { Authentication, RequestDefinition } from './operation.ts';
import { inPlainWords, shapeIssues } from './plain-words.ts';
import { suggestionsRequest } from './suggest-options.ts';
import { namesIn, parseTemplate } from './templates.ts';
import { expiryFormatSchema } from './times.ts';
import { isValueSource, valueSourceSchema } from './values.ts';

type Place = readonly (string | number)[];

const creationInputs = ['name', 'scopes', 'expiry', 'ips', 'referrers', 'endpoints'].map(
  (n) => `request.${n}`,
);

const nowInputs = ['unix-seconds', 'unix-milliseconds', 'rfc3339'].map((n) => `now.${n}`);

/** What each operation's templates may name. */
function namesFor(definition: DefinitionParts) {
  const prefixed = (prefix: string, items: readonly { readonly name: string }[]) =>
    items.map(({ name }) => `${prefix}.${name}`);
  const free = ['environment', ...nowInputs, ...prefixed('setting', definition.settings)];
  const common = [...free, ...prefixed('credential', definition.credential)];
  const graces = ['request.graceSeconds', 'request.graceMinutes'];
  const answers = (operation: 'create' | 'list' | 'revoke' | 'rotate') =>
    prefixed(
      'answer',
      definition.askedAtCall.filter((question) => question.at.includes(operation)),
    );
  return {
    common: new Set(common),
    create: new Set([...common, ...creationInputs, ...answers('create')]),
    list: new Set([...common, ...answers('list')]),
    revoke: new Set([...common, 'id', ...answers('revoke')]),
    rotate: new Set([...common, 'id', 'request.expiry', ...graces, ...answers('rotate')]),
    check: new Set([...common, ...prefixed('key', definition.fields)]),
    /** The user's code has the key and nothing of ours. */
    usage: new Set([...free, ...prefixed('key', definition.fields)]),
  };
}

/** Every template that is malformed, names something that is never given, or puts a secret into an address. */
export function templateIssues(definition: DefinitionParts): Issue[] {
  const names = namesFor(definition);
  const { create, list, revoke, rotate, check, probe } = definition.operations;
  const { usage } = definition;
  const hosts = new Set(Object.keys(definition.hosts));
  const issues: Issue[] = [];
  const request = (operation: RequestDefinition | undefined, place: Place, known: ReadonlySet<string>) => {
    if (operation !== undefined) issues.push(...requestIssues(operation, place, known, hosts));
  };
  request(create, ['operations', 'create'], names.create);
  request(list, ['operations', 'list'], names.list);
  request(revoke, ['operations', 'revoke'], names.revoke);
  request(rotate, ['operations', 'rotate'], names.rotate);
  request(check, ['operations', 'check'], names.check);
  request(probe, ['operations', 'probe'], names.common);
  request(usage, ['usage'], names.usage);
  definition.settings.forEach(({ optionsFrom }, index) => {
    request(suggestionsRequest(optionsFrom), ['settings', index, 'optionsFrom'], names.common);
  });
  const { scopes } = definition.creation;
  request(suggestionsRequest(scopes?.optionsFrom), ['creation', 'scopes', 'optionsFrom'], names.common);
  for (const [name, value] of Object.entries(definition.headers)) {
    issues.push(...textIssues(value, ['headers', name], names.common));
  }
  issues.push(...authenticationIssues(definition.authentication, ['authentication'], names.common, hosts));
  if (check !== undefined) {
    const place = ['operations', 'check', 'authentication'];
    issues.push(...authenticationIssues(check.authentication, place, names.check, hosts));
  }
  if (usage !== undefined) {
    issues.push(
      ...authenticationIssues(usage.authentication, ['usage', 'authentication'], names.usage, hosts),
    );
  }
  if (list?.pager.kind === 'cursor' && list.pager.in === 'body' && list.body.kind !== 'json') {
    issues.push({ at: 'operations.list.pager.in', message: 'puts the cursor into a body that is not JSON' });
  }
  return issues;
}

function authenticationIssues(
  authentication: Authentication,
  place: Place,
  known: ReadonlySet<string>,
  hosts: ReadonlySet<string>,
): Issue[] {
  const text = (template: string, ...steps: string[]) => textIssues(template, [...place, ...steps], known);
  switch (authentication.kind) {
    case 'none':
      return [];
    case 'bearer':
      return text(authentication.token, 'token');
    case 'headers':
      return Object.entries(authentication.headers).flatMap(([name, value]) => text(value, 'headers', name));
    case 'basic':
      return [...text(authentication.user, 'user'), ...text(authentication.password, 'password')];
    case 'exchange':
      return requestIssues(authentication.request, [...place, 'request'], known, hosts);
    case 'hmac':
      return [
        ...Object.entries(authentication.headers).flatMap(([name, value]) => text(value, 'headers', name)),
        ...text(authentication.signature.key, 'signature', 'key'),
      ];
  }
}

function requestIssues(
  request: RequestDefinition,
  place: Place,
  known: ReadonlySet<string>,
  hosts: ReadonlySet<string>,
): Issue[] {
  const issues = [...textIssues(request.path, [...place, 'path'], known)];
  if (!request.path.startsWith('/'))
    issues.push({ at: placeOf([...place, 'path']), message: 'must begin with "/"' });
  if (/[?#\\]/.test(request.path) || request.path.startsWith('//')) {
    issues.push({ at: placeOf([...place, 'path']), message: 'must be a path alone' });
  }
  if (!hosts.has(request.host)) {
    issues.push({ at: placeOf([...place, 'host']), message: `"${request.host}" is not one of the hosts` });
  }
  if (request.method === 'GET' && request.body.kind !== 'none') {
    issues.push({ at: placeOf([...place, 'body']), message: 'a GET cannot have a body' });
  }
  for (const [name, value] of Object.entries(request.headers)) {
    issues.push(...textIssues(value, [...place, 'headers', name], known));
  }
  issues.push(...valueIssues(request.query, [...place, 'query'], known));
  issues.push(...secretIssues(request.path, [...place, 'path']));
  for (const [name, value] of Object.entries(request.query)) {
    issues.push(...secretIssues(value, [...place, 'query', name]));
  }
  if (request.body.kind === 'json')
    issues.push(...valueIssues(request.body.value, [...place, 'body', 'value'], known));
  if (request.body.kind === 'form' || request.body.kind === 'multipart') {
    issues.push(...valueIssues(request.body.fields, [...place, 'body', 'fields'], known));
  }
  return issues;
}

/** Addresses end up in the logs of servers and proxies. */
function secretIssues(value: unknown, place: Place): Issue[] {
  const names = isValueSource(value) ? [String(value.$value)] : namesIn(String(value));
  return names
    .filter((name) => /^(credential|key|answer)\./.test(name))
    .map((name) => ({ at: placeOf(place), message: `puts "${name}", a secret, into the address` }));
}

function textIssues(template: string, place: Place, known: ReadonlySet<string>): Issue[] {
  const parsed = parseTemplate(template);
  if (!parsed.ok) return [{ at: placeOf(place), message: parsed.error }];
  return namesIn(template).flatMap((name) => nameIssues(name, place, known));
}

function nameIssues(name: string, place: Place, known: ReadonlySet<string>): Issue[] {
  return known.has(name) ? [] : [{ at: placeOf(place), message: `names "${name}", which nothing gives` }];
}

function valueIssues(value: unknown, place: Place, known: ReadonlySet<string>): Issue[] {
  if (typeof value === 'string') return textIssues(value, place, known);
  if (typeof value !== 'object' || value === null) return [];
  if (!isValueSource(value)) {
    const isList = Array.isArray(value);
    return Object.entries(value).flatMap(([name, member]) => [
      ...(isList ? [] : textIssues(name, [...place, name], known)),
      ...valueIssues(member, [...place, isList ? Number(name) : name], known),
    ]);
  }
  const source = valueSourceSchema.safeParse(value, { error: inPlainWords });
  if (source.success) {
    const { $value, as } = source.data;
    const isDays = expiryFormatSchema.safeParse(as).success && $value.startsWith('now.');
    const misread = { at: placeOf([...place, 'as']), message: 'counts days, and now is an instant' };
    return [...nameIssues($value, [...place, '$value'], known), ...(isDays ? [misread] : [])];
  }
  return shapeIssues(source.error.issues, place);
}
