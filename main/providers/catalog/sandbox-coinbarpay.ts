import type { DefinitionData } from '../definition.ts';
import { coinbarPay } from './coinbarpay.ts';

/**
 * The sandbox's CoinbarPay: the secret is never sent, but signs the exact body. The time stands in that body, so that a
 * signature that was kept is refused five minutes later.
 */
export const sandboxCoinbarPay: DefinitionData = {
  format: 1,
  id: 'sandbox-coinbarpay',
  name: 'CoinbarPay (sandbox)',
  description: 'CoinbarPay as the sandbox plays it: a client id and a key that signs. Its keys open nothing.',
  advice: coinbarPay.advice,
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url', help: 'Where the sandbox listens.' }],
  credential: [{ name: 'token', label: 'Management token', kind: 'secret' }],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'SERVICE_CLIENT_ID',
      label: 'Service client id',
      secret: false,
      variable: 'SERVICE_CLIENT_ID',
      pattern: 'svc_[0-9A-Za-z]{20}',
    },
    {
      name: 'SERVICE_SECRET_KEY',
      label: 'Service secret key',
      secret: true,
      variable: 'SERVICE_SECRET_KEY',
      pattern: 'cbpay_[0-9A-Za-z]{74}',
    },
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
          timestamp: { $value: 'now.unix-milliseconds', as: 'number' },
        },
      },
      verdicts: [
        { when: { status: [200], field: { at: '/success', is: [true] } }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/error_code', is: ['revoked'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [401], field: { at: '/error_code', is: ['wrong_environment'] } },
          outcome: 'refused',
          why: 'wrong-environment',
        },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: { messages: ['/message'] },
};
