import type { DefinitionData } from '../definition.ts';

/**
 * Channex, as its documentation says (docs.channex.io: application-documentation/api-key-access, api-reference). A key
 * that is withdrawn stays in the list, disabled. The one documented example of a key is 63 characters of base64.
 *
 * Not documented: a key API, and the host of production, so the address is asked.
 */
export const channex: DefinitionData = {
  format: 1,
  id: 'channex',
  name: 'Channex',
  description: 'API keys of a Channex user, which are made in the user profile.',
  website: 'https://docs.channex.io',
  dashboard: {
    url: '{setting.url}',
    create: [
      'Open your User Profile and find the section API Keys.',
      'Press Create new API Key.',
      'Fill in the API Key name. The key reaches all properties, or those that you select when you unselect "Access to all properties".',
      'Press Create.',
      'Copy the API Key. It is only shown once.',
    ],
    revoke: [
      'Open your User Profile and find your key in the list.',
      'Press the Actions button and choose Withdraw.',
      'Confirm. The key stays in the list, disabled.',
    ],
  },
  preconditions: [
    {
      text: 'An active subscription. If you have just subscribed and API Keys does not show: refresh, or log out and in again.',
      url: 'https://staging.channex.io',
    },
  ],
  advice: [
    'Use one key for each application and environment.',
    'A key has the full powers of its user: give it only the properties that the application needs.',
    'Never leave a key in a repository. Withdraw it when that has happened.',
  ],
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [
    {
      name: 'url',
      label: 'Channex address',
      kind: 'url',
      placeholder: 'https://staging.channex.io',
      help: 'https://staging.channex.io for staging. For production, the address that you sign in at.',
    },
  ],
  authentication: { kind: 'none' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'CHANNEX_API_KEY',
      pattern: '[A-Za-z0-9+/]{60,68}={0,2}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    check: {
      method: 'GET',
      path: '/api/v1/properties/',
      authentication: { kind: 'headers', headers: { 'user-api-key': '{key.API_KEY}' } },
      verdicts: [
        { when: { status: [200], field: { at: '/data' } }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: { messages: ['/errors/title'] },
};
