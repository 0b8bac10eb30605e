import type { DefinitionData } from '../definition.ts';

/**
 * GitLab's personal access tokens, as its documentation says (doc/api/personal_access_tokens.md). GitLab.com has no
 * call that makes one; rotating gives a new token with a new id and revokes the old one at once. Rotating a token
 * that was rotated already revokes the whole family, so that call is never repeated. Of a token that it refuses, GitLab
 * says in words whether it was revoked or has expired (lib/api/api_guard.rb).
 */
export const gitLab: DefinitionData = {
  format: 1,
  id: 'gitlab',
  name: 'GitLab',
  description: 'Personal access tokens of GitLab.com or your own GitLab, which are made in GitLab itself.',
  website: 'https://gitlab.com',
  dashboard: {
    url: '{setting.url}/-/user_settings/personal_access_tokens',
    create: [
      'In the upper-right corner, select your avatar, then Edit profile.',
      'In the left sidebar, select Access → Personal access tokens.',
      'Select Add new token (in newer versions: Generate token).',
      'Enter a name and an expiration date, and select the scopes.',
      'Create the token and copy it. Once you leave the page, it is not shown again.',
    ],
  },
  environments: ['live', 'test'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'GitLab address', kind: 'url', placeholder: 'https://gitlab.com' }],
  credential: [
    {
      name: 'token',
      label: 'Personal access token',
      kind: 'secret',
      help: 'A token of yours with the scope api.',
    },
  ],
  authentication: { kind: 'headers', headers: { 'PRIVATE-TOKEN': '{credential.token}' } },
  fields: [
    {
      name: 'TOKEN',
      label: 'Personal access token',
      secret: true,
      variable: 'GITLAB_TOKEN',
      pattern: 'glpat-[A-Za-z0-9_=.-]{20,}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    list: {
      method: 'GET',
      path: '/api/v4/personal_access_tokens',
      pager: { kind: 'page', parameter: 'page', first: 1, sizeParameter: 'per_page', size: 100 },
      response: {
        items: '',
        id: '/id',
        name: { at: '/name', always: true },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_at', format: 'rfc3339' },
        active: { at: '/active', is: [true] },
      },
    },
    revoke: { method: 'DELETE', path: '/api/v4/personal_access_tokens/{id}', success: [204] },
    rotate: {
      method: 'POST',
      path: '/api/v4/personal_access_tokens/{id}/rotate',
      body: { kind: 'json', value: { expires_at: { $value: 'request.expiry', as: 'date' } } },
      response: {
        id: '/id',
        fields: { TOKEN: '/token' },
        issuedAt: { at: '/created_at', format: 'rfc3339' },
        expiresAt: { at: '/expires_at', format: 'date' },
      },
    },
    check: {
      method: 'GET',
      path: '/api/v4/personal_access_tokens/self',
      authentication: { kind: 'headers', headers: { 'PRIVATE-TOKEN': '{key.TOKEN}' } },
      verdicts: [
        { when: { status: [200], field: { at: '/active', is: [true] } }, outcome: 'valid' },
        {
          when: { status: [200], field: { at: '/revoked', is: [true] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [200], field: { at: '/active', is: [false] } },
          outcome: 'refused',
          why: 'expired',
        },
        {
          when: {
            status: [401],
            field: {
              at: '/error_description',
              is: ['Token was revoked. You have to re-authorize from the user.'],
            },
          },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: {
            status: [401],
            field: {
              at: '/error_description',
              is: ['Token is expired. You can either do re-authorization or token refresh.'],
            },
          },
          outcome: 'refused',
          why: 'expired',
        },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
    probe: { method: 'GET', path: '/api/v4/personal_access_tokens/self', ownKeyId: '/id' },
  },
  errors: { messages: ['/message', '/error_description', '/error'] },
};
