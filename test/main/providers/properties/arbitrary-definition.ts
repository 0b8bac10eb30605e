import fc from 'fast-check';
import { timeFormatSchema } from '../../../../main/providers/times.ts';
import { valueSourceSchema } from '../../../../main/providers/values.ts';

/*
 * Definitions at random: every kind of every part of the format, most of them sensible enough to pass the checks, with texts in
 * them that have broken programs before.
 */

/** Texts that mean something to some parser on the way. */
export const nastyTexts = [
  '',
  ' ',
  '.',
  '..',
  '../../admin',
  '%2e%2e/',
  '%',
  '//evil.example',
  'https://evil.example/',
  '@evil.example',
  'evil.example#',
  '\\\\evil.example',
  '?token=x',
  ':8080',
  'a\r\nX-Evil: 1',
  '\u0000',
  '\ud800',
  '💥',
  'ключ',
  '"\'`$(id)',
  '__proto__',
  'constructor',
  'toString',
  '{',
  '{id}',
  '{credential.token}',
  '-1',
  '1e999',
  'x'.repeat(3000),
] as const;
export const nasty = fc.constantFrom<string>(...nastyTexts);

/** What the checks refuse stands in few, so that most are accepted. */
const seldom = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 200, arbitrary: usual }, { weight: 1, arbitrary: odd });

const settings = ['address', 'org', 'app'] as const;
const credentials = ['token', 'pass'] as const;
const fields = ['KEY', 'SECRET'] as const;
const text = fc.oneof(fc.constantFrom('a', 'keys', 'v1'), nasty, fc.string({ maxLength: 12 }));
const label = fc.oneof(fc.constant('Label'), text).map((words) => words || '-');

const common = [
  'environment',
  ...settings.map((name) => `setting.${name}`),
  ...credentials.map((name) => `credential.${name}`),
];
const answers = ['answer.otp'];
const creation = ['name', 'scopes', 'expiry', 'ips', 'referrers', 'endpoints'].map(
  (name) => `request.${name}`,
);
const keyed = fields.map((name) => `key.${name}`);

/** What templates are made of at one place: names that are known there, and sometimes one that is not. */
const nameAmong = (known: readonly string[]) =>
  fc.oneof(
    { weight: 300, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: fc.constantFrom('id', 'x.y') },
  );

const literal = text.map((words) => words.replace(/[{}]|^__proto__$/g, ''));
const template = (known: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        literal,
        nameAmong(known).map((name) => `{${name}}`),
      ),
      { maxLength: 3 },
    )
    .map((parts) => parts.join(''));

const isPublic = (name: string) => !/^(credential|answer|key)\./.test(name);
const path = (known: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom('keys', 'v1', 'a b', '..', '%2e%2e', '@evil.example', 'ü', ';'),
        },
        { weight: 2, arbitrary: nameAmong(known.filter(isPublic)).map((name) => `{${name}}`) },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((steps) => `/${steps.join('/')}`);

const pointer = fc.constantFrom(
  ...[
    '',
    '/id',
    '/key',
    '/keys',
    '/name',
    '/next',
    '/a~1b',
    '/keys/0/id',
    '/__proto__/x',
    '/constructor/name',
    '/length',
  ],
);
const headerName = seldom(
  fc.constantFrom('X-A', 'X-B', 'Authorization', 'Cookie', 'Accept', 'Content-Type', "!#$%&'*+.^_`|~-"),
  fc.constantFrom('Host', 'Content-Length', 'Connection', 'Transfer-Encoding', '__proto__', 'not a name'),
);
const headers = (known: readonly string[]) =>
  fc.dictionary(headerName, seldom(template(known).map(inLatin), template(known)), { maxKeys: 2 });
const inLatin = (words: string) => words.replace(/[^\x20-\x7e]/g, '');

const source = (known: readonly string[]) =>
  fc.record(
    {
      $value: nameAmong(known),
      as: fc.constantFrom(...valueSourceSchema.shape.as.unwrap().options),
      member: text,
      split: fc.constantFrom(',', ' ', '{'),
      default: fc.jsonValue({ maxDepth: 1 }),
    },
    { requiredKeys: ['$value'] },
  );
const pairs = (known: readonly string[]) =>
  fc.dictionary(literal, fc.oneof(template(known), source(known)), { maxKeys: 3 });

const jsonBody = (known: readonly string[]) =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      template(known),
      source(known),
      fc.constantFrom(null, true, 0, -1, 1e21),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(fc.oneof(literal, template(known)), tie('value'), { maxKeys: 3 }),
    ),
  })).value;

const body = (known: readonly string[]) =>
  fc.oneof(
    fc.constant({ kind: 'none' }),
    fc.constant({ kind: 'empty-object' }),
    fc.record({ kind: fc.constant('json'), value: jsonBody(known) }),
    fc.record({ kind: fc.constantFrom('form', 'multipart'), fields: pairs(known) }),
  );

const status = fc.constantFrom(200, 201, 202, 204, 304, 400, 401, 403, 404, 410);
const request = (known: readonly string[], methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) =>
  fc
    .record({
      method: fc.constantFrom(...methods),
      host: fc.constantFrom('api', 'api', 'api', 'login'),
      path: path(known),
      query: pairs(known.filter(isPublic)),
      headers: headers(known),
      body: body(known),
      success: fc.uniqueArray(status, { minLength: 1, maxLength: 3 }),
    })
    .map((parts) => (parts.method === 'GET' ? { ...parts, body: { kind: 'none' } } : parts));

const authentication = (known: readonly string[]) =>
  fc.oneof(
    fc.constant({ kind: 'none' }),
    fc.record({ kind: fc.constant('bearer'), token: template(known) }),
    fc.record({ kind: fc.constant('headers'), headers: headers(known) }),
    fc.record({ kind: fc.constant('basic'), user: template(known), password: template(known) }),
    fc.record(
      { kind: fc.constant('exchange'), request: request(common), token: pointer, expiresInSeconds: pointer },
      { requiredKeys: ['kind', 'request', 'token'] },
    ),
    fc.record({
      kind: fc.constant('hmac'),
      headers: headers(known),
      signature: fc.record({
        header: headerName,
        key: template(known),
        algorithm: fc.constantFrom('sha256', 'sha512'),
        encoding: fc.constantFrom('hex', 'base64'),
      }),
    }),
  );

const condition = fc.record(
  {
    status: fc.uniqueArray(status, { minLength: 1, maxLength: 4 }),
    field: fc.record(
      { at: pointer, is: fc.array(fc.constantFrom('a', 1, true, 'x')) },
      { requiredKeys: ['at'] },
    ),
    header: fc.record({
      name: seldom(fc.constantFrom('x-a', 'link'), fc.constant('not a name')),
      contains: text,
    }),
  },
  { requiredKeys: ['status'] },
);

const time = fc.record({ at: pointer, format: fc.constantFrom(...timeFormatSchema.options) });
const masked = fc.oneof(
  fc.record({ kind: fc.constant('last-four'), at: pointer, prefix: pointer }),
  fc.record({ kind: fc.constant('prefix-suffix'), prefix: pointer, suffix: pointer }),
  fc.record({ kind: fc.constant('label'), at: pointer }),
);
const size = fc.constantFrom(1, 2, 100);
const parameter = seldom(fc.constantFrom('page', 'page[number]', 'a&b=c'), fc.constant('__proto__'));
const pager = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.record({
    kind: fc.constant('page'),
    parameter,
    first: fc.constantFrom(0, 1),
    sizeParameter: parameter,
    size,
  }),
  fc.record({ kind: fc.constant('offset'), parameter, size }),
  fc.record(
    {
      kind: fc.constant('cursor'),
      in: fc.constantFrom('query', 'query', 'body'),
      parameter,
      next: pointer,
      of: fc.constantFrom('answer', 'last-item'),
      hasMore: pointer,
      sizeParameter: parameter,
      size,
    },
    { requiredKeys: ['kind', 'in', 'parameter', 'next'] },
  ),
  fc.record({ kind: fc.constant('link'), next: fc.oneof(fc.constant('link-header'), pointer) }),
);

const mapped = fc.record({ KEY: pointer, SECRET: pointer });
const issued = { fields: mapped, issuedAt: time, expiresAt: time };
const created = fc
  .record(
    { id: pointer, idIsSecret: seldom(fc.constant(false), fc.constant(true)), ...issued },
    { requiredKeys: ['id', 'fields'] },
  )
  .map((response) => (response.idIsSecret === true ? { ...response, id: response.fields.KEY } : response));
const rotated = fc.record({ id: pointer, ...issued }, { requiredKeys: ['fields'] });
const listed = fc.record(
  {
    items: pointer,
    id: pointer,
    name: fc.record({ at: pointer, always: fc.boolean() }),
    masked,
    createdAt: time,
    lastUsedAt: time,
    active: fc.record({ at: pointer, is: fc.array(fc.constantFrom('active', true, null)) }),
  },
  { requiredKeys: ['items', 'id'] },
);
const verdict = fc.record(
  {
    when: condition,
    outcome: fc.constantFrom('valid', 'valid-but-limited', 'refused'),
    why: fc.constantFrom('revoked', 'expired', 'mistyped', 'wrong-environment'),
  },
  { requiredKeys: ['when', 'outcome'] },
);
const grace = fc.oneof(
  fc.constant({ kind: 'none' }),
  fc.constant({ kind: 'fixed', seconds: 60 }),
  fc.constant({ kind: 'asked', maxSeconds: 3600 }),
);

/** A cursor that goes into a body needs one that is JSON. */
const withBody = (list: object) =>
  JSON.stringify('pager' in list && list.pager).includes('"in":"body"')
    ? { ...list, method: 'POST', body: { kind: 'json', value: {} } }
    : list;

/** A request and what else belongs to the operation. */
const operation = (
  known: readonly string[],
  rest: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  ...more: string[][]
) => fc.tuple(request(known, ...more), fc.record(rest)).map(([asked, others]) => ({ ...asked, ...others }));

const operations = fc.record(
  {
    create: operation([...common, ...answers, ...creation], { response: created }),
    list: operation([...common, ...answers], { pager, response: listed }).map(withBody),
    revoke: operation([...common, ...answers, 'id'], {
      alreadyGone: fc.uniqueArray(status, { maxLength: 2 }),
      settlesWithinSeconds: fc.constantFrom(1, 120),
    }),
    rotate: operation([...common, ...answers, 'id', 'request.expiry'], {
      grace,
      response: rotated,
      headers: fc.constantFrom(
        { 'X-Grace': '{request.graceSeconds}' },
        { 'X-Grace': '{request.graceMinutes}' },
      ),
    }),
    check: operation([...common, ...keyed], {
      authentication: authentication([...common, ...keyed]),
      verdicts: fc.array(verdict, { minLength: 1, maxLength: 3 }),
    }),
    probe: operation(common, { ownKeyId: pointer }),
  },
  { requiredKeys: [] },
);

const address = fc.constantFrom(
  ...[
    'https://one.example',
    'https://two.example:8443/base',
    'http://127.0.0.1:9',
    'http://[::1]:9/x',
    'https://a.b.c.example/',
  ],
);
const host = fc.oneof(
  fc.record({ kind: fc.constant('fixed'), url: address }),
  fc.constant({ kind: 'asked', setting: 'address' }),
  fc.record({
    kind: fc.constant('choice'),
    setting: fc.constant('org'),
    urls: fc.dictionary(
      fc.oneof(
        fc.constant('acme'),
        nasty.filter((words) => words !== '__proto__'),
      ),
      address,
      { maxKeys: 3 },
    ),
  }),
  fc.record({
    kind: fc.constant('template'),
    url: fc.constantFrom(
      'https://{setting.app}.tenant.example',
      'https://tenant.example/{setting.app}/{setting.org}',
      'https://a-{setting.app}.{setting.org}.example/x',
    ),
  }),
  fc.record({ kind: fc.constant('by-environment'), test: address, live: address }),
  fc.record({
    kind: fc.constant('by-prefix'),
    credential: fc.constant('token'),
    urls: fc.dictionary(fc.constantFrom('canary', 'c', 'x'), address, { maxKeys: 3 }),
  }),
);

const optionsFrom = fc.record({ path: path(common), items: pointer, value: pointer, label: pointer });
const question = (name: string) =>
  fc.record(
    { name: fc.constant(name), label, required: fc.boolean(), help: text, placeholder: text },
    { requiredKeys: ['name', 'label'] },
  );
const setting = (name: string) =>
  fc.tuple(question(name), fc.option(optionsFrom, { nil: undefined })).map(([asked, from]) => ({
    ...asked,
    kind: 'text',
    ...(from === undefined ? {} : { optionsFrom: from }),
  }));
const field = (name: string) =>
  fc.record(
    {
      name: fc.constant(name),
      label,
      secret: fc.constant(true),
      variable: fc.constant(`VAR_${name}`),
      prefix: fc.record({ test: fc.constantFrom('t_', 'sk_'), live: fc.constantFrom('l_', 'sk_') }),
      pattern: seldom(
        fc.constantFrom('[a-z]+', '.{3,}', 'x|y', '\\p{L}*'),
        fc.constantFrom('(a+)+b', '(', '(a|a)*'),
      ),
    },
    { requiredKeys: ['name', 'label', 'secret', 'variable'] },
  );

const meaning = fc.record({
  when: condition,
  means: fc.constantFrom(
    ...['credential-rejected', 'permission-lacking', 'provider-not-found', 'provider-throttled'],
    ...['provider-refused', 'answer-needed', 'subscription-needed', 'key-limit-reached'],
  ),
  questions: fc.constant(['otp']),
});
const errors = fc.record({
  messages: fc.array(pointer, { maxLength: 3 }),
  retryAfter: fc.array(
    fc.record({
      header: seldom(fc.constantFrom('retry-after-ms', 'x-ratelimit-reset'), nasty),
      unit: fc.constantFrom('seconds', 'milliseconds', 'unix-seconds', 'http'),
    }),
    { maxLength: 2 },
  ),
  meanings: fc.array(meaning, { maxLength: 2 }),
});

/** A definition as JSON. Most are accepted by `loadDefinition`. */
export const arbitraryDefinition = fc.record(
  {
    format: fc.constant(1),
    id: fc.constant('random'),
    name: fc.constantFrom('Random', '💥', ' '),
    dashboard: fc.record({
      url: fc.constant('https://one.example/keys'),
      create: fc.constant(['Press']),
      revoke: fc.constant(['Press']),
    }),
    environments: fc.constantFrom(['test'], ['live'], ['test', 'live']),
    hosts: fc.record({ api: host, login: host }),
    settings: fc.tuple(...settings.map(setting)),
    credential: fc.tuple(...credentials.map(question)),
    askedAtCall: fc.constant([
      {
        name: 'otp',
        label: 'Code',
        kind: 'secret',
        required: false,
        at: ['create', 'list', 'revoke', 'rotate'],
      },
    ]),
    authentication: authentication(common),
    headers: headers(common),
    fields: fc.tuple(...fields.map(field)),
    creation: fc.record(
      {
        nameMaxLength: fc.constantFrom(16, 1000),
        scopes: fc.record(
          { options: fc.constant([{ value: 'read', label: 'Read' }]), optionsFrom, whenOmitted: label },
          { requiredKeys: ['options', 'whenOmitted'] },
        ),
        expiry: fc.record({ maxDays: fc.constantFrom(null, 1, 365), whenOmitted: label }),
        restrictions: fc.subarray(['ips', 'referrers', 'endpoints']),
      },
      { requiredKeys: ['nameMaxLength'] },
    ),
    operations,
    errors,
    timeLimitSeconds: fc.constantFrom(1, 120),
  },
  {
    requiredKeys: [
      'format',
      'id',
      'name',
      'dashboard',
      'environments',
      'hosts',
      'settings',
      'credential',
      'askedAtCall',
      'authentication',
      'fields',
      'creation',
      'operations',
    ],
  },
);
