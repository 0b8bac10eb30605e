import type { DefinitionData } from '../definition.ts';

/**
 * Vercel's access tokens, as its REST API reference says (vercel.com/docs/rest-api/authentication). Every call has a
 * version of its own, and times are milliseconds. `pagination.next` goes back as `until`, as in Vercel's other lists.
 * A 403 without `invalidToken` says nothing about a token, so it is told as it is.
 */
export const vercel: DefinitionData = {
  format: 1,
  id: 'vercel',
  name: 'Vercel',
  description: 'Access tokens for deploying to and managing projects on Vercel.',
  website: 'https://vercel.com',
  dashboard: { url: 'https://vercel.com/account/settings/tokens' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.vercel.com' } },
  settings: [
    {
      name: 'team',
      label: 'Team id',
      required: false,
      help: 'Binds new tokens to one team. Left empty, they reach everything that your account reaches.',
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Access token',
      kind: 'secret',
      help: 'A token with access to the full account; a limited one cannot make others.',
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'TOKEN',
      label: 'Access token',
      secret: true,
      variable: 'VERCEL_TOKEN',
      pattern: 'vcp_[A-Za-z0-9_-]{20,}|[A-Za-z0-9]{24}',
    },
  ],
  creation: {
    nameMaxLength: 100,
    expiry: { maxDays: null, whenOmitted: 'The token stays valid until it is revoked.' },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/v3/user/tokens',
      query: { teamId: '{setting.team}' },
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          expiresAt: { $value: 'request.expiry', as: 'unix-milliseconds' },
        },
      },
      response: {
        id: '/token/id',
        fields: { TOKEN: '/bearerToken' },
        issuedAt: { at: '/token/createdAt', format: 'unix-milliseconds' },
        expiresAt: { at: '/token/expiresAt', format: 'unix-milliseconds' },
      },
    },
    list: {
      method: 'GET',
      path: '/v6/user/tokens',
      pager: { kind: 'cursor', in: 'query', parameter: 'until', next: '/pagination/next' },
      response: {
        items: '/tokens',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'prefix-suffix', prefix: '/prefix', suffix: '/suffix' },
        createdAt: { at: '/createdAt', format: 'unix-milliseconds' },
        lastUsedAt: { at: '/activeAt', format: 'unix-milliseconds' },
        active: { at: '/revokedAt', is: [null] },
      },
    },
    revoke: { method: 'DELETE', path: '/v3/user/tokens/{id}' },
    check: {
      method: 'GET',
      path: '/v5/user/tokens/current',
      authentication: { kind: 'bearer', token: '{key.TOKEN}' },
      verdicts: [
        { when: { status: [200], field: { at: '/token' } }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403], field: { at: '/error/invalidToken', is: [true] } }, outcome: 'refused' },
      ],
    },
    probe: {
      method: 'GET',
      path: '/v5/user/tokens/current',
      verdict: { status: [200], field: { at: '/token' } },
      ownKeyId: '/token/id',
    },
  },
  errors: {
    messages: ['/error/message'],
    meanings: [
      {
        when: { status: [403], field: { at: '/error/invalidToken', is: [true] } },
        means: 'credential-rejected',
      },
    ],
  },
};
