import type { DefinitionData } from '../definition.ts';

/**
 * Resmic Pro, as its documentation says (docs.resmic.com/resmic-pro: api-authentications-and-security, order-status,
 * webhooks-and-notifications). Keys are made and revoked in the dashboard alone. The prose speaks of the header
 * `Authorization`; every example sends `x-api-key` and `x-user-id`, and so does this.
 *
 * Not documented: how a key looks, test keys, the answer to a key that is refused. The one documented call that takes a
 * key wants a payment session of the account's, so it tells nothing about a key by itself and there is no check.
 */
export const resmic: DefinitionData = {
  format: 1,
  id: 'resmic',
  name: 'Resmic Pro',
  description: 'The API key and user id of a Resmic Pro account, which are made in its dashboard.',
  website: 'https://docs.resmic.com',
  dashboard: {
    url: 'https://dashboard.resmic.com/developer',
    create: [
      'Log in to your Resmic Pro dashboard.',
      'Navigate to the Developer section.',
      'With an active plan, click on Generate Key.',
      'Copy the API_KEY and the User_id. They are shown only once.',
    ],
    revoke: [
      'Go to the API Keys section in your dashboard.',
      'Click on Revoke to disable the API key.',
      'Generate a new key if needed and update your application.',
    ],
  },
  preconditions: [
    {
      text: 'An active plan, or the free 20-day trial. Buy a plan or start the trial in the dashboard; if Generate Key is not offered then, refresh the page or sign in again.',
      url: 'https://dashboard.resmic.com/developer',
    },
  ],
  advice: [
    'Use one key for each application and environment.',
    'Keep the key confidential: never put it into frontend code or a public repository.',
    'Keep it in a .env file instead of in the code.',
    'Rotate keys periodically: generate a new one and update your integrations.',
  ],
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.resmic.com' } },
  authentication: { kind: 'none' },
  fields: [
    { name: 'API_KEY', label: 'API key', secret: true, variable: 'RESMIC_API_KEY' },
    { name: 'USER_ID', label: 'User id', secret: true, variable: 'RESMIC_USER_ID' },
  ],
  creation: { nameMaxLength: 100 },
  operations: {},
  usage: {
    method: 'GET',
    path: '/api/v1/makepayment/payment-status',
    query: { session_id: 'SESSION_ID' },
    authentication: {
      kind: 'headers',
      headers: { 'x-api-key': '{key.API_KEY}', 'x-user-id': '{key.USER_ID}' },
    },
  },
};
