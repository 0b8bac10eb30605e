import type { DefinitionData } from '../definition.ts';

/**
 * Twilio SendGrid, as its OpenAPI description says (twilio/sendgrid-oai). A key without scopes gets full access. An
 * account holds 100 keys; the next one is refused with a 403 of which no words are documented, so that it is told like
 * any other. A key is deleted "after some small propagation delay", for which the vendor gives no number: five seconds
 * are ours.
 */
export const sendGrid: DefinitionData = {
  format: 1,
  id: 'sendgrid',
  name: 'SendGrid',
  description: 'API keys for sending mail through Twilio SendGrid.',
  website: 'https://sendgrid.com',
  dashboard: { url: 'https://app.sendgrid.com/settings/api_keys' },
  environments: ['live'],
  hosts: {
    api: {
      kind: 'choice',
      setting: 'region',
      urls: { global: 'https://api.sendgrid.com', eu: 'https://api.eu.sendgrid.com' },
    },
  },
  settings: [
    {
      name: 'region',
      label: 'Region',
      kind: 'choice',
      options: [
        { value: 'global', label: 'Global' },
        { value: 'eu', label: 'Europe (subusers in the EU)' },
      ],
    },
    {
      name: 'subuser',
      label: 'Subuser',
      required: false,
      help: 'Whose keys are managed, when it is not the account that the management key belongs to.',
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Management key',
      kind: 'secret',
      help: 'A key that may manage keys. The first one is made in SendGrid, under Settings, API keys.',
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'SENDGRID_API_KEY',
      pattern: 'SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}',
    },
  ],
  creation: {
    maxKeys: 100,
    nameMaxLength: 100,
    scopes: {
      options: [
        { value: 'mail.send', label: 'Send mail' },
        { value: 'alerts.read', label: 'Read alerts' },
        { value: 'alerts.create', label: 'Create alerts' },
      ],
      whenOmitted: 'The key has full access to the account.',
    },
  },
  operations: {
    create: {
      method: 'POST',
      path: '/v3/api_keys',
      headers: { 'on-behalf-of': '{setting.subuser}' },
      success: [201],
      body: {
        kind: 'json',
        value: { name: '{request.name}', scopes: { $value: 'request.scopes', as: 'list' } },
      },
      response: { id: '/api_key_id', fields: { API_KEY: '/api_key' } },
    },
    list: {
      method: 'GET',
      path: '/v3/api_keys',
      headers: { 'on-behalf-of': '{setting.subuser}' },
      query: { limit: '100' },
      response: { items: '/result', id: '/api_key_id', name: { at: '/name', always: true } },
    },
    revoke: {
      method: 'DELETE',
      path: '/v3/api_keys/{id}',
      headers: { 'on-behalf-of': '{setting.subuser}' },
      success: [204],
      settlesWithinSeconds: 5,
    },
    check: {
      method: 'GET',
      path: '/v3/scopes',
      authentication: { kind: 'bearer', token: '{key.API_KEY}' },
      verdicts: [
        { when: { status: [200] }, outcome: 'valid' },
        { when: { status: [401] }, outcome: 'refused' },
        { when: { status: [403] }, outcome: 'valid-but-limited' },
      ],
    },
  },
  errors: { messages: ['/errors/0/message'] },
};
