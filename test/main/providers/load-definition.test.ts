import { describe, expect, test } from 'vitest';
import { catalog } from '../../../main/providers/catalog/catalog.ts';
import { npmRegistry } from '../../../main/providers/catalog/npm-registry.ts';
import { loadDefinition } from '../../../main/providers/load-definition.ts';
import { toProviderSummary } from '../../../main/providers/summary.ts';
import { providerSummarySchema } from '../../../shared/domain/provider.ts';

/** A sound definition as JSON, in which `set` replaces what stands at a path. */
function changed(path: string, value: unknown): unknown {
  const definition = JSON.parse(JSON.stringify(npmRegistry));
  const steps = path.slice(1).split('/');
  const last = steps.pop() ?? '';
  const place = steps.reduce((current, step) => (current[step] ??= {}), definition);
  if (value === undefined) delete place[last];
  else place[last] = value;
  return definition;
}

describe('a definition', () => {
  test.each([
    ['/operations/create/path', '/tokens/{id}', 'operations.create.path', 'names "id", which nothing gives'],
    ['/operations/create/path', 'tokens', 'operations.create.path', 'must begin with "/"'],
    ['/operations/create/path', '/tokens?x=1', 'operations.create.path', 'must be a path alone'],
    ['/operations/create/path', '//elsewhere.example', 'operations.create.path', 'must be a path alone'],
    [
      '/operations/create/path',
      '/tokens/{answer.password}',
      'operations.create.path',
      'puts "answer.password", a secret, into the address',
    ],
    [
      '/operations/list/query',
      { t: '{credential.token}' },
      'operations.list.query.t',
      'puts "credential.token", a secret, into the address',
    ],
    [
      '/operations/list/query',
      { t: { $value: 'credential.token' } },
      'operations.list.query.t',
      'puts "credential.token", a secret, into the address',
    ],
    ['/operations/revoke/path', '/tokens/{id', 'operations.revoke.path', 'has a "{" without a "}" after it'],
    [
      '/operations/create/headers',
      { otp: '{answer.pin}' },
      'operations.create.headers.otp',
      'names "answer.pin", which nothing gives',
    ],
    [
      '/operations/create/body/value/extra',
      { list: [{ $value: 'request.rights' }] },
      'operations.create.body.value.extra.list[0].$value',
      'names "request.rights", which nothing gives',
    ],
    [
      '/operations/create/body/value/extra',
      { $value: 'id', as: 'poem' },
      'operations.create.body.value.extra.as',
      'must be one of "text", "number"',
    ],
    [
      '/operations/create/response/fields',
      { TOKEN: '/token' },
      'operations.create.response.fields.TOKEN',
      '"TOKEN" is not one of the fields',
    ],
    [
      '/operations/create/response/fields',
      {},
      'operations.create.response.fields',
      'does not say where the field "NPM_TOKEN" stands',
    ],
    ['/operations/create/response/id', 'key', 'operations.create.response.id', 'is not a JSON pointer'],
    [
      '/operations/create/response/secrets',
      {},
      'operations.create.response.secrets',
      'is not known here: remove it or check its spelling',
    ],
    ['/operations/list/method', 'FETCH', 'operations.list.method', 'must be one of "GET", "POST"'],
    ['/operations/list/host', 'login', 'operations.list.host', '"login" is not one of the hosts'],
    ['/operations/list/body', { kind: 'empty-object' }, 'operations.list.body', 'a GET cannot have a body'],
    [
      '/operations/list/pager',
      { kind: 'cursor', in: 'body', parameter: 'c', next: '/n' },
      'operations.list.pager.in',
      'puts the cursor into a body that is not JSON',
    ],
    [
      '/operations/check/authentication/token',
      '{key.SECRET}',
      'operations.check.authentication.token',
      'names "key.SECRET", which nothing gives',
    ],
    [
      '/authentication/token',
      '{credential.key}',
      'authentication.token',
      'names "credential.key", which nothing gives',
    ],
    ['/authentication/kind', 'magic', 'authentication.kind', 'must be one of "none", "bearer"'],
    [
      '/headers',
      { account: '{setting.account}' },
      'headers.account',
      'names "setting.account", which nothing gives',
    ],
    ['/hosts', {}, 'hosts', 'has no host "api"'],
    ['/hosts/api', { kind: 'fixed', url: 'http://a.example' }, 'hosts.api.url', 'Only https:// keeps'],
    [
      '/hosts/api',
      { kind: 'asked', setting: 'address' },
      'hosts.api.setting',
      '"address" is not one of the settings',
    ],
    [
      '/hosts/api',
      { kind: 'template', url: 'https://{setting.x}.example' },
      'hosts.api.url',
      'names "setting.x", which is no setting',
    ],
    ['/settings/0/kind', 'secret', 'settings[0]', 'is secret, so it belongs into "credential"'],
    ['/settings/0/kind', 'choice', 'settings[0]', 'is a choice without options'],
    [
      '/fields/1',
      { name: 'NPM_TOKEN', label: 'x', secret: true, variable: 'X' },
      'fields[1].name',
      '"NPM_TOKEN" is there twice',
    ],
    ['/fields/0/variable', '1X', 'fields[0].variable', 'is not a variable name'],
    [
      '/errors/meanings/0/questions',
      ['pin'],
      'errors.meanings[0].questions',
      'must name questions that are in "askedAtCall"',
    ],
    ['/website', 'javascript:alert(1)', 'website', 'must be an address that begins with https://'],
    ['/format', 2, 'format', 'must be 1'],
    ['/name', undefined, 'name', 'is missing'],
    ['/id', '../x', 'id', 'is not an id'],
    ['/script', 'run()', 'script', 'is not known here'],
  ])('with %s = %j is refused at %s: %s', (path, value, at, message) => {
    const loaded = loadDefinition(changed(path, value));
    expect(loaded.ok).toBe(false);
    expect(loaded.ok ? [] : loaded.error).toContainEqual({ at, message: expect.stringContaining(message) });
  });

  test.each([
    [
      '/operations/rotate',
      { method: 'POST', path: '/r/{id}', response: { fields: {} } },
      'operations.rotate.response.fields',
      'does not say where the field',
    ],
    [
      '/operations/rotate',
      { method: 'POST', path: '/r/{request.name}', response: { fields: { API_KEY: '' } } },
      'operations.rotate.path',
      'which nothing gives',
    ],
    [
      '/settings/0/optionsFrom',
      { path: '/orgs', items: '', value: '/id', label: '/name' },
      'settings[0].optionsFrom',
      'which can be typed as well',
    ],
    [
      '/operations/create/body/value/{answer.pin}',
      true,
      'operations.create.body.value["{answer.pin}"]',
      'names "answer.pin", which nothing gives',
    ],
    [
      '/settings/0/optionsFrom',
      { path: '/{credential.token}', items: '', value: '/id', label: '/name' },
      'settings[0].optionsFrom.path',
      'a secret, into the address',
    ],
    ['/fields/0/pattern', '(', 'fields[0].pattern', 'is not a regular expression'],
    [
      '/operations/revoke/settlesWithinSeconds',
      0,
      'operations.revoke.settlesWithinSeconds',
      'must be at least 1',
    ],
  ])('with %s = %j is refused at %s: %s', (path, value, at, message) => {
    const loaded = loadDefinition(changed(path, value));
    expect(loaded.ok ? [] : loaded.error).toContainEqual({ at, message: expect.stringContaining(message) });
  });

  test.each([
    [
      '/operations/create',
      undefined,
      'dashboard',
      'is missing: without "create", keys are made by hand there',
    ],
    ['/operations/revoke', undefined, 'dashboard', 'is missing: without "revoke"'],
    ['/creation/scopes', { whenOmitted: 'All.' }, 'creation.scopes', 'needs "options"'],
    [
      '/creation/scopes',
      { whenOmitted: 'All.', optionsFrom: { path: '/{setting.x}', items: '', value: '/id', label: '/n' } },
      'creation.scopes.optionsFrom.path',
      'names "setting.x", which nothing gives',
    ],
    [
      '/usage',
      { method: 'GET', path: '/', authentication: { kind: 'bearer', token: '{credential.token}' } },
      'usage.authentication.token',
      'names "credential.token", which nothing gives',
    ],
    [
      '/usage',
      { method: 'GET', path: '/{id}', authentication: { kind: 'none' } },
      'usage.path',
      'names "id", which nothing gives',
    ],
    [
      '/operations/create/body/value/at',
      { $value: 'now.unix-seconds', as: 'days' },
      'operations.create.body.value.at.as',
      'counts days',
    ],
    [
      '/operations/create/body/value/at',
      '{now.unix}',
      'operations.create.body.value.at',
      'names "now.unix", which nothing gives',
    ],
    [
      '/operations/create/body/value/a.b',
      '{x',
      'operations.create.body.value["a.b"]',
      'has a "{" without a "}" after it',
    ],
    ['/operations/create/response/idIsSecret', true, 'operations.create.response.id', 'one of the fields'],
    [
      '/operations/rotate',
      {
        method: 'POST',
        path: '/r/{id}',
        grace: { kind: 'asked', maxSeconds: 60 },
        response: { fields: { NPM_TOKEN: '/t' } },
      },
      'operations.rotate.grace',
      'nothing in the request names "request.graceSeconds"',
    ],
    ['/headers', { Host: 'x' }, 'headers.Host', 'is a header that the app writes by itself'],
    ['/headers', { 'X Y': 'x' }, 'headers["X Y"]', 'is not a name that a header can have'],
    ['/headers', { 'X-Y': 'a\nb' }, 'headers.X-Y', 'holds characters that a header cannot carry'],
    ['/fields/0/pattern', '(a+)+', 'fields[0].pattern', 'repeats what is repeated'],
    ['/fields/0/name', 'constructor', 'fields[0].name', 'is a name that every object has already'],
    ['/settings/0/name', 'toString', 'settings[0].name', 'is a name that every object has already'],
    ['/credential/0/kind', 'choice', 'credential[0]', 'is a choice without options'],
  ])('with %s = %j is refused at %s: %s', (path, value, at, message) => {
    const loaded = loadDefinition(changed(path, value));
    expect(loaded.ok ? [] : loaded.error).toContainEqual({ at, message: expect.stringContaining(message) });
  });

  test('is told every fault at once, what has not the right form beside what does not fit', () => {
    const broken = changed('/operations/create/path', 'x/{y}') as Record<string, unknown>;
    Object.assign(broken, { hosts: {}, nme: 'x', recommendedDays: -1, headers: { a: '{setting.nothing}' } });
    const loaded = loadDefinition(broken);
    expect((loaded.ok ? [] : loaded.error).map(({ at }) => at)).toEqual(
      expect.arrayContaining(['nme', 'recommendedDays', 'headers.a', 'hosts', 'operations.create.path']),
    );
  });

  test('with one operation of the wrong form is still told what is wrong with the others, and nothing that follows from it', () => {
    const broken = changed('/operations/create/method', 'MAKE') as { operations: { list: object } };
    broken.operations.list = { ...broken.operations.list, path: 'keys' };
    const loaded = loadDefinition(broken);
    expect(loaded.ok ? [] : loaded.error).toEqual([
      { at: 'operations.create.method', message: expect.stringContaining('must be one of') },
      { at: 'operations.list.path', message: 'must begin with "/"' },
    ]);
  });

  test('with a faulty question is not blamed for what names the question', () => {
    const loaded = loadDefinition(changed('/credential/0/label', 7));
    expect(loaded.ok ? [] : loaded.error).toEqual([{ at: 'credential[0].label', message: 'must be a text' }]);
  });

  test('with a name that would change every object is refused, and changes none', () => {
    const text = JSON.stringify(npmRegistry).replace('"value":{', '"value":{"__proto__":{"polluted":true},');
    const loaded = loadDefinition(JSON.parse(text));
    expect(loaded.ok ? [] : loaded.error).toEqual([
      { at: 'operations.create.body.value.__proto__', message: 'is a name that cannot be used' },
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  test('that is nested too deeply is refused in words', () => {
    const deep = `${'['.repeat(5000)}${']'.repeat(5000)}`;
    const broken = changed('/operations/create/body/value/deep', JSON.parse(deep));
    const loaded = loadDefinition(broken);
    expect(loaded.ok ? [] : loaded.error).toEqual([
      { at: expect.stringContaining('operations.create.body.value.deep'), message: 'is nested too deeply' },
    ]);
  });

  test.each([null, 7, 'text', [], {}])('is not %j', (value) => {
    expect(loadDefinition(value).ok).toBe(false);
  });
});

describe('the catalogue', () => {
  test('is pure data: every definition loads again from its JSON', () => {
    for (const definition of catalog()) {
      expect(loadDefinition(JSON.parse(JSON.stringify(definition)))).toEqual({ ok: true, value: definition });
    }
  });

  test('has every id once', () => {
    expect(new Set(catalog().map(({ id }) => id)).size).toBe(catalog().length);
  });

  test.each(catalog())('tells the page of $id what to ask and nothing of how it is called', (definition) => {
    const summary = toProviderSummary(definition, 'built-in');
    expect(providerSummarySchema.parse(summary)).toEqual(summary);
    expect(JSON.stringify({ ...summary, dashboard: null })).not.toMatch(
      /\{(credential|key|request|id)\b|"\/(api|v\d|-)/,
    );
    const offered = ['create', 'list', 'check', 'revoke', 'rotate'] as const;
    expect(summary.operations).toEqual(offered.filter((name) => definition.operations[name] !== undefined));
  });
});
