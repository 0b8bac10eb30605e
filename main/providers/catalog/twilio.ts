import type { DefinitionData } from '../definition.ts';

/**
 * Twilio's standard API keys, as its OpenAPI description says (twilio/twilio-oai, v2010). A key is a pair: the SID is
 * the user name, the secret the password. Keys are managed with the account's own token or with a main key; a
 * standard key may read messages but no keys, which is why it is checked on messages.
 */
export const twilio: DefinitionData = {
  format: 1,
  id: 'twilio',
  name: 'Twilio',
  description: 'Standard API keys for calls, messages and the other services of a Twilio account.',
  website: 'https://www.twilio.com',
  dashboard: { url: 'https://console.twilio.com' },
  environments: ['live'],
  hosts: { api: { kind: 'fixed', url: 'https://api.twilio.com' } },
  settings: [
    {
      name: 'account',
      label: 'Account SID',
      placeholder: 'AC…',
      help: 'The account that the keys belong to.',
    },
  ],
  credential: [
    {
      name: 'user',
      label: 'Account SID or main key SID',
      kind: 'text',
      placeholder: 'AC… or SK…',
      help: 'The account SID again, or the SID of a main key.',
    },
    {
      name: 'password',
      label: 'Auth token or main key secret',
      kind: 'secret',
      help: 'What belongs to the SID above.',
    },
  ],
  authentication: { kind: 'basic', user: '{credential.user}', password: '{credential.password}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key SID',
      secret: false,
      variable: 'TWILIO_API_KEY',
      pattern: 'SK[0-9a-fA-F]{32}',
    },
    { name: 'API_SECRET', label: 'API key secret', secret: true, variable: 'TWILIO_API_SECRET' },
  ],
  creation: { nameMaxLength: 64 },
  operations: {
    create: {
      method: 'POST',
      path: '/2010-04-01/Accounts/{setting.account}/Keys.json',
      success: [201],
      body: { kind: 'form', fields: { FriendlyName: '{request.name}' } },
      response: {
        id: '/sid',
        fields: { API_KEY: '/sid', API_SECRET: '/secret' },
        issuedAt: { at: '/date_created', format: 'rfc2822' },
      },
    },
    list: {
      method: 'GET',
      path: '/2010-04-01/Accounts/{setting.account}/Keys.json',
      query: { PageSize: '1000' },
      pager: { kind: 'link', next: '/next_page_uri' },
      response: {
        items: '/keys',
        id: '/sid',
        name: { at: '/friendly_name', always: true },
        createdAt: { at: '/date_created', format: 'rfc2822' },
      },
    },
    revoke: {
      method: 'DELETE',
      path: '/2010-04-01/Accounts/{setting.account}/Keys/{id}.json',
      success: [204],
    },
    check: {
      method: 'GET',
      path: '/2010-04-01/Accounts/{setting.account}/Messages.json',
      query: { PageSize: '1' },
      authentication: { kind: 'basic', user: '{key.API_KEY}', password: '{key.API_SECRET}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/message'] },
};
