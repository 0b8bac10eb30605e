import type { DefinitionData } from '../definition.ts';

/**
 * CoinbarPay, as its documentation says (docs.coinbar.io/api-web-integration: api-keys-management, authentication,
 * request-new-payment-web-page). Requests carry the client id and the lower-case hex HMAC-SHA256 of their exact body
 * under the secret key; the body repeats the client id and has the time in milliseconds.
 *
 * Not documented: the host of production, so the address is asked; the address of the service dashboard, in whose
 * place the page on keys is opened; how a pair is replaced or revoked; how a pair looks. Every documented call asks for
 * or about a payment, so there is no check.
 */
export const coinbarPay: DefinitionData = {
  format: 1,
  id: 'coinbarpay',
  name: 'CoinbarPay',
  description: 'The client id and the signing key of a CoinbarPay service.',
  website: 'https://docs.coinbar.io',
  dashboard: {
    url: 'https://docs.coinbar.io/api-web-integration/api-keys-management',
    create: [
      'Log in to your CoinbarPay dashboard and open your service.',
      'Copy its SERVICE_CLIENT_ID, the payment gateway key.',
      'Copy its SERVICE_SECRET_KEY, the authentication secret key.',
    ],
    revoke: [
      'CoinbarPay does not document how a pair is revoked: ask its support to withdraw the pair of your service.',
      'Wait until it has said that the SERVICE_SECRET_KEY is not accepted any more.',
    ],
  },
  preconditions: [
    {
      text: 'An activated CoinbarPay service: its account has been verified.',
      url: 'https://docs.coinbar.io',
    },
  ],
  advice: [
    'Use one service, and so one pair, for each application and environment.',
    'The SERVICE_SECRET_KEY never leaves your company: it signs requests and is never sent.',
    'Keep both keys in a secure and encrypted place.',
    'Give access only to the services and people that manage the integration.',
  ],
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [
    {
      name: 'url',
      label: 'CoinbarPay address',
      kind: 'url',
      placeholder: 'https://sandbox.coinbar.io',
      help: 'https://sandbox.coinbar.io for its sandbox. For production, the address that CoinbarPay gave you.',
    },
  ],
  authentication: { kind: 'none' },
  fields: [
    { name: 'SERVICE_CLIENT_ID', label: 'Service client id', secret: false, variable: 'SERVICE_CLIENT_ID' },
    { name: 'SERVICE_SECRET_KEY', label: 'Service secret key', secret: true, variable: 'SERVICE_SECRET_KEY' },
  ],
  creation: { nameMaxLength: 100 },
  operations: {},
  usage: {
    method: 'POST',
    path: '/coinbar/api/v2/pay/gateway/request',
    headers: { source: 'web' },
    authentication: {
      kind: 'hmac',
      headers: { 'CBPAY-API-KEY': '{key.SERVICE_CLIENT_ID}' },
      signature: { header: 'SIGNATURE', key: '{key.SERVICE_SECRET_KEY}' },
    },
    body: {
      kind: 'json',
      value: {
        service_client_id: '{key.SERVICE_CLIENT_ID}',
        payment_request_id: 'PAYMENT_REQUEST_ID',
        input_coin: 'EUR',
        products: [{ product_name: 'Product 1', product_price: 1 }],
        email: 'customer@example.com',
        user_id: 'USER_ID',
        timestamp: { $value: 'now.unix-milliseconds', as: 'number' },
      },
    },
  },
};
