import type { DefinitionData } from '../definition.ts';

/**
 * The sandbox's CoinbarPay: the secret is never sent, but signs the exact body. The time in that body is the
 * setting, in days, added to now; a day ago shows what becomes of a signature that is kept and sent again.
 */
export const sandboxCoinbarPay: DefinitionData = {
  format: 1,
  id: 'sandbox-coinbarpay',
  name: 'CoinbarPay (sandbox)',
  description: 'CoinbarPay as the sandbox plays it: a client id and a key that signs. Its keys open nothing.',
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [
    { name: 'url', label: 'Address', kind: 'url', help: 'Where the sandbox listens.' },
    {
      name: 'time',
      label: 'Time in signed requests',
      kind: 'choice',
      options: [
        { value: '0', label: 'Now' },
        { value: '-1', label: 'A day ago, to see it refused' },
      ],
    },
  ],
  credential: [{ name: 'token', label: 'Management token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    { name: 'SERVICE_CLIENT_ID', label: 'Service client id', secret: false, variable: 'SERVICE_CLIENT_ID' },
    { name: 'SERVICE_SECRET_KEY', label: 'Service secret key', secret: true, variable: 'SERVICE_SECRET_KEY' },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/coinbarpay/{environment}/service/keys',
      body: { kind: 'json', value: { name: '{request.name}' } },
      success: [201],
      response: {
        id: '/data/service_client_id',
        fields: {
          SERVICE_CLIENT_ID: '/data/service_client_id',
          SERVICE_SECRET_KEY: '/data/service_secret_key',
        },
        issuedAt: { at: '/data/created_at', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/coinbarpay/{environment}/service/keys',
      response: {
        items: '/data',
        id: '/service_client_id',
        name: { at: '/name', always: true },
        masked: { kind: 'last-four', at: '/last4' },
        createdAt: { at: '/created_at', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_at', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/coinbarpay/{environment}/service/keys/{id}' },
    check: {
      method: 'POST',
      path: '/coinbarpay/{environment}/coinbar/api/v2/pay/gateway/verify',
      authentication: {
        kind: 'hmac',
        headers: { 'CBPAY-API-KEY': '{key.SERVICE_CLIENT_ID}' },
        signature: { header: 'SIGNATURE', key: '{key.SERVICE_SECRET_KEY}' },
      },
      body: {
        kind: 'json',
        value: {
          service_client_id: '{key.SERVICE_CLIENT_ID}',
          timestamp: { $value: 'setting.time', as: 'unix-milliseconds' },
        },
      },
      verdicts: [
        { when: { status: [200], field: { at: '/success', is: [true] } }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: { messages: ['/message'] },
};
