import type { DefinitionData } from '../definition.ts';

/**
 * Cloudflare's user tokens, as its OpenAPI description says (cloudflare/api-schemas). A token gets one policy: the
 * permission groups that are asked for, on the resource of the connection. Deleting and rolling take a JSON body, though
 * an empty one; rolling answers the bare new value.
 */
export const cloudflare: DefinitionData = {
  format: 1,
  id: 'cloudflare',
  name: 'Cloudflare',
  description: 'API tokens of a Cloudflare user, for one zone or other resource.',
  website: 'https://www.cloudflare.com',
  dashboard: { url: 'https://dash.cloudflare.com/profile/api-tokens' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.cloudflare.com/client/v4' } },
  settings: [
    {
      name: 'resource',
      label: 'Resource',
      placeholder: 'com.cloudflare.api.account.zone.…',
      help: 'What new tokens reach: com.cloudflare.api.account.zone. and the id of a zone.',
    },
  ],
  credential: [
    { name: 'token', label: 'API token', kind: 'secret', help: 'One that may create further tokens.' },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_TOKEN',
      label: 'API token',
      secret: true,
      variable: 'CLOUDFLARE_API_TOKEN',
      // New ones; and old ones, which are any 40 of these characters, but for those that an npm registry makes.
      pattern:
        'cfut_[\\w-]{40,}|[A-Za-mo-z0-9_-][\\w-]{39}|n[A-Za-oq-z0-9_-][\\w-]{38}|np[A-Za-ln-z0-9_-][\\w-]{37}|npm[A-Za-z0-9-][\\w-]{36}',
    },
  ],
  creation: {
    nameMaxLength: 120,
    scopes: {
      optionsFrom: {
        path: '/user/tokens/permission_groups',
        items: '/result',
        value: '/id',
        label: '/name',
      },
      whenOmitted: 'Cloudflare makes no token without a permission.',
    },
    expiry: { maxDays: null, whenOmitted: 'The token stays valid until it is revoked.' },
    restrictions: ['ips'],
  },
  operations: {
    create: {
      method: 'POST',
      path: '/user/tokens',
      body: {
        kind: 'json',
        value: {
          name: '{request.name}',
          policies: [
            {
              effect: 'allow',
              permission_groups: { $value: 'request.scopes', as: 'objects', member: 'id' },
              resources: { '{setting.resource}': '*' },
            },
          ],
          expires_on: { $value: 'request.expiry', as: 'rfc3339' },
          condition: { 'request.ip': { in: { $value: 'request.ips', as: 'list' } } },
        },
      },
      response: {
        id: '/result/id',
        fields: { API_TOKEN: '/result/value' },
        issuedAt: { at: '/result/issued_on', format: 'rfc3339' },
        expiresAt: { at: '/result/expires_on', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/user/tokens',
      pager: { kind: 'page', parameter: 'page', first: 1, sizeParameter: 'per_page', size: 50 },
      response: {
        items: '/result',
        id: '/id',
        name: { at: '/name', always: true },
        createdAt: { at: '/issued_on', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_on', format: 'rfc3339' },
        active: { at: '/status', is: ['active'] },
      },
    },
    revoke: { method: 'DELETE', path: '/user/tokens/{id}', body: { kind: 'empty-object' } },
    rotate: {
      method: 'PUT',
      path: '/user/tokens/{id}/value',
      body: { kind: 'empty-object' },
      response: { fields: { API_TOKEN: '/result' } },
    },
    check: {
      method: 'GET',
      path: '/user/tokens/verify',
      authentication: { kind: 'bearer', token: '{key.API_TOKEN}' },
      verdicts: [
        { when: { status: [200], field: { at: '/result/status', is: ['active'] } }, outcome: 'valid' },
        {
          when: { status: [200], field: { at: '/result/status', is: ['disabled'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [200], field: { at: '/result/status', is: ['expired'] } },
          outcome: 'refused',
          why: 'expired',
        },
        { when: { status: [200], field: { at: '/result/status' } }, outcome: 'refused' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
    probe: {
      method: 'GET',
      path: '/user/tokens/verify',
      verdict: { status: [200], field: { at: '/result/status', is: ['active'] } },
      ownKeyId: '/result/id',
    },
  },
  errors: { messages: ['/errors/0/message'] },
};
