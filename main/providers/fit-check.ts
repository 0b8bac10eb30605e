import { parseBaseUrl } from './base-url.ts';
import type { DefinitionParts } from './definition.ts';
import { type Issue, placeOf } from './issue.ts';
import { idIsSecret } from './key-handle.ts';
import { namesIn, parseTemplate } from './templates.ts';

/** Parts that do not fit together, whatever else is missing. */
export function fitIssues(definition: DefinitionParts): Issue[] {
  return [
    ...fieldIssues(definition),
    ...questionIssues(definition),
    ...dashboardIssues(definition),
    ...scopeIssues(definition),
    ...idIssues(definition),
    ...graceIssues(definition),
  ];
}

/** What has to be there because something else is not. */
export function wholeIssues({ operations, dashboard }: DefinitionParts): Issue[] {
  const issues: Issue[] = [];
  for (const operation of ['create', 'revoke'] as const) {
    if (operations[operation] !== undefined) continue;
    const doing = operation === 'create' ? 'made' : 'revoked';
    if (dashboard === null) {
      issues.push({
        at: 'dashboard',
        message: `is missing: without "${operation}", keys are ${doing} by hand there`,
      });
    } else if (dashboard[operation].length === 0) {
      const message = `must say step by step how a key is ${doing}, since there is no "${operation}"`;
      issues.push({ at: `dashboard.${operation}`, message });
    }
  }
  return issues;
}

function fieldIssues(definition: DefinitionParts): Issue[] {
  const issues = repeated(definition.fields, ['fields']);
  const names = new Set(definition.fields.map((field) => field.name));
  for (const operation of ['create', 'rotate'] as const) {
    const mapped = definition.operations[operation]?.response.fields;
    const place = ['operations', operation, 'response', 'fields'];
    for (const name of Object.keys(mapped ?? {})) {
      if (!names.has(name))
        issues.push({ at: placeOf([...place, name]), message: `"${name}" is not one of the fields` });
    }
    for (const name of names) {
      if (mapped !== undefined && !Object.hasOwn(mapped, name)) {
        issues.push({ at: placeOf(place), message: `does not say where the field "${name}" stands` });
      }
    }
  }
  return issues;
}

function questionIssues(definition: DefinitionParts): Issue[] {
  const asked = {
    settings: definition.settings,
    credential: definition.credential,
    askedAtCall: definition.askedAtCall,
  };
  const issues: Issue[] = [];
  for (const [list, questions] of Object.entries(asked)) {
    issues.push(...repeated(questions, [list]));
    questions.forEach(({ kind, options }, index) => {
      if (kind === 'choice' && options.length === 0) {
        issues.push({ at: placeOf([list, index]), message: 'is a choice without options' });
      }
    });
  }
  definition.settings.forEach((setting, index) => {
    if (setting.kind === 'secret') {
      const message = 'is secret, so it belongs into "credential"';
      issues.push({ at: placeOf(['settings', index]), message });
    }
    if (setting.optionsFrom !== undefined && setting.kind !== 'text') {
      const at = placeOf(['settings', index, 'optionsFrom']);
      issues.push({ at, message: 'goes with a "text", which can be typed as well' });
    }
  });
  const names = new Set(definition.askedAtCall.map((question) => question.name));
  definition.errors.meanings.forEach((meaning, index) => {
    const unknown = meaning.questions.filter((name) => !names.has(name));
    if (meaning.means === 'answer-needed' && (meaning.questions.length === 0 || unknown.length > 0)) {
      issues.push({
        at: placeOf(['errors', 'meanings', index, 'questions']),
        message: 'must name questions that are in "askedAtCall"',
      });
    }
  });
  return issues;
}

/** A page that is opened in the browser: at a host that the definition fixes, or at the user's own instance. */
function dashboardIssues({ dashboard, settings }: DefinitionParts): Issue[] {
  if (dashboard === null) return [];
  const { url } = dashboard;
  const issue = (message: string): Issue => ({ at: 'dashboard.url', message });
  const parsed = parseTemplate(url);
  if (!parsed.ok) return [issue(parsed.error)];
  const known = new Map(settings.map((setting) => [`setting.${setting.name}`, setting]));
  const unknown = namesIn(url).filter((name) => !known.has(name));
  if (unknown.length > 0) return unknown.map((name) => issue(`names "${name}", which is no setting`));
  const [first] = parsed.value;
  const own = first !== undefined && 'name' in first ? known.get(first.name) : undefined;
  const example = url.replace(/^\{[^{}]*\}/, 'https://x.example').replace(/\{[^{}]*\}/g, 'x');
  if ((own !== undefined && own.kind !== 'url') || (own === undefined && !/^https:\/\//i.test(url))) {
    return [issue('must begin with https://, or with a setting of the kind "url"')];
  }
  if (own !== undefined && !/^https:\/\/x\.example($|[/?#])/.test(example)) {
    return [issue('must go on with "/" after the setting')];
  }
  const base = parseBaseUrl(example.replace(/[?#].*$/s, ''));
  return base.ok ? [] : [issue(base.error.message)];
}

function scopeIssues({ creation: { scopes } }: DefinitionParts): Issue[] {
  if (scopes === undefined || scopes.options.length > 0 || scopes.optionsFrom !== undefined) return [];
  return [
    { at: 'creation.scopes', message: 'needs "options", or "optionsFrom" where the provider lists them' },
  ];
}

/** A key that is known by its value alone is found again by its fields, so the id has to be one of them. */
function idIssues(definition: DefinitionParts): Issue[] {
  if (!idIsSecret(definition)) return [];
  const issues: Issue[] = [];
  const { create, rotate } = definition.operations;
  for (const [name, operation] of Object.entries({ create, rotate })) {
    if (operation === undefined) continue;
    const { id, fields } = operation.response;
    const isField = id !== undefined && Object.values(fields).includes(id);
    const message = 'must stand where one of the fields stands, since the id of a key is its value';
    if (!isField) issues.push({ at: `operations.${name}.response.id`, message });
  }
  return issues;
}

function graceIssues({ operations: { rotate } }: DefinitionParts): Issue[] {
  if (rotate?.grace.kind !== 'asked' || /request\.grace(Seconds|Minutes)/.test(JSON.stringify(rotate)))
    return [];
  const message =
    'is asked, and nothing in the request names "request.graceSeconds" or "request.graceMinutes"';
  return [{ at: 'operations.rotate.grace', message }];
}

function repeated(named: readonly { readonly name: string }[], place: readonly string[]): Issue[] {
  return named.flatMap(({ name }, index) =>
    named.findIndex((other) => other.name === name) === index
      ? []
      : [{ at: placeOf([...place, index, 'name']), message: `"${name}" is there twice` }],
  );
}
