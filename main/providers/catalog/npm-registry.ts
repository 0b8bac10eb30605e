import type { DefinitionData } from '../definition.ts';

/**
 * Any registry that speaks npm's token API: the public one, verdaccio, and others. The address is always asked
 * for. As the npm command line does it (`npm token`, in npm/cli `lib/commands/token.js`), creating needs the
 * account's password and, with two-factor authentication, a one-time code.
 *
 * Not every registry lists a name with a token (verdaccio does not), so a lost one is told by its id and by when
 * it was made. A registry that lets anonymous readers in answers 200 to any token: what counts at `whoami` is
 * whether a user is named. verdaccio answers 403 to a token that was revoked. The public registry lets a token that may
 * publish live for 90 days at most, which is taken for what npm recommends.
 */
export const npmRegistry: DefinitionData = {
  format: 1,
  id: 'npm-registry',
  name: 'npm registry',
  description: 'Access tokens of a package registry that speaks the npm token API.',
  recommendedDays: 90,
  environments: ['live', 'test'],
  hosts: { api: { kind: 'asked', setting: 'registry' } },
  settings: [
    {
      name: 'registry',
      label: 'Registry address',
      kind: 'url',
      help: 'As it stands after "registry=" in your .npmrc.',
      placeholder: 'https://registry.example.com',
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Access token',
      kind: 'secret',
      help: 'A token of your account that may manage tokens, as after "_authToken=" in your .npmrc.',
    },
  ],
  askedAtCall: [
    {
      name: 'password',
      label: 'Account password',
      kind: 'secret',
      help: 'The registry asks for it whenever a token is made.',
      at: ['create'],
    },
    {
      name: 'otp',
      label: 'One-time code',
      kind: 'secret',
      required: false,
      help: 'Only with two-factor authentication.',
      at: ['create', 'revoke'],
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'NPM_TOKEN',
      label: 'Token',
      secret: true,
      variable: 'NPM_TOKEN',
      // Those of the public registry; JSON Web Tokens; what verdaccio encrypts.
      pattern:
        'npm_[A-Za-z0-9]{36}|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+|[A-Za-z0-9+/:]{40,}={0,2}',
    },
  ],
  creation: {
    nameMaxLength: 100,
    scopes: {
      options: [{ value: 'read-only', label: 'Read packages only' }],
      whenOmitted: 'The token may read and publish every package of the account.',
    },
    expiry: { maxDays: null, whenOmitted: 'The registry decides when the token expires.' },
    restrictions: ['ips'],
  },
  operations: {
    create: {
      method: 'POST',
      path: '/-/npm/v1/tokens',
      headers: { 'npm-otp': '{answer.otp}' },
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          password: '{answer.password}',
          packages_all: true,
          packages_and_scopes_permission: { $value: 'request.scopes', as: 'first', default: 'read-write' },
          expires: { $value: 'request.expiry', as: 'days' },
          cidr_whitelist: { $value: 'request.ips', as: 'list' },
        },
      },
      success: [200, 201],
      response: {
        id: '/key',
        fields: { NPM_TOKEN: '/token' },
        issuedAt: { at: '/created', format: 'rfc3339' },
        expiresAt: { at: '/expires', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/-/npm/v1/tokens',
      pager: { kind: 'link', next: '/urls/next' },
      response: {
        items: '/objects',
        id: '/key',
        name: { at: '/name', always: false },
        masked: { kind: 'label', at: '/token' },
        createdAt: { at: '/created', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used', format: 'rfc3339' },
      },
    },
    revoke: {
      method: 'DELETE',
      path: '/-/npm/v1/tokens/token/{id}',
      headers: { 'npm-otp': '{answer.otp}' },
      success: [200, 204],
    },
    check: {
      method: 'GET',
      path: '/-/whoami',
      authentication: { kind: 'bearer', token: '{key.NPM_TOKEN}' },
      verdicts: [
        { when: { status: [200], field: { at: '/username' } }, outcome: 'valid' },
        { when: { status: [200], field: { at: '' } }, outcome: 'refused' },
        { when: { status: [401, 403] }, outcome: 'refused' },
      ],
    },
    probe: {
      method: 'GET',
      path: '/-/whoami',
      verdict: { status: [200], field: { at: '/username' } },
    },
  },
  errors: {
    messages: ['/error', '/message'],
    meanings: [
      {
        when: { status: [401], header: { name: 'www-authenticate', contains: 'otp' } },
        means: 'answer-needed',
        questions: ['otp'],
      },
      {
        when: { status: [403], field: { at: '/error', is: ['unauthorized access'] } },
        means: 'credential-rejected',
      },
    ],
  },
};
