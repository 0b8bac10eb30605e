import type { DefinitionData } from '../definition.ts';
import { resmic } from './resmic.ts';

/**
 * The sandbox's Resmic Pro: a pair in two headers, checked by asking for the status of the sandbox's one payment.
 * Without a plan or trial nothing is generated; the sandbox has no page of its own, so that either is a choice when a
 * key is made.
 */
export const sandboxResmic: DefinitionData = {
  format: 1,
  id: 'sandbox-resmic',
  name: 'Resmic Pro (sandbox)',
  description: 'Resmic Pro as the sandbox plays it: an API key and a user id. Its keys open nothing.',
  preconditions: [
    {
      text: 'An active plan or the 20-day trial. When a key is made, choose one of them if the account has none yet.',
    },
  ],
  advice: resmic.advice,
  environments: ['test', 'live'],
  hosts: { api: { kind: 'asked', setting: 'url' } },
  settings: [{ name: 'url', label: 'Address', kind: 'url', help: 'Where the sandbox listens.' }],
  credential: [{ name: 'token', label: 'Management token', kind: 'secret' }],
  askedAtCall: [
    {
      name: 'start',
      label: 'Plan',
      kind: 'choice',
      required: false,
      help: 'An account without an active plan or trial gets no key.',
      options: [
        { value: 'as-it-is', label: 'Leave the account as it is' },
        { value: 'trial', label: 'Start the 20-day trial' },
        { value: 'plan', label: 'Activate a plan' },
      ],
      at: ['create'],
    },
  ],
  authentication: { kind: 'bearer', token: '{credential.token}' },
  fields: [
    {
      name: 'API_KEY',
      label: 'API key',
      secret: true,
      variable: 'RESMIC_API_KEY',
      pattern: 'rsk_[0-9A-Za-z]{40}',
    },
    {
      name: 'USER_ID',
      label: 'User id',
      secret: true,
      variable: 'RESMIC_USER_ID',
      pattern: 'rsu_[0-9A-Za-z]{24}',
    },
  ],
  creation: { nameMaxLength: 100 },
  operations: {
    create: {
      method: 'POST',
      path: '/resmic/{environment}/developer/keys',
      body: { kind: 'json', value: { name: '{request.name}', start: '{answer.start}' } },
      success: [201],
      response: {
        id: '/data/id',
        fields: { API_KEY: '/data/API_KEY', USER_ID: '/data/User_id' },
        issuedAt: { at: '/data/created_at_utc', format: 'rfc3339' },
      },
    },
    list: {
      method: 'GET',
      path: '/resmic/{environment}/developer/keys',
      response: {
        items: '/data',
        id: '/id',
        name: { at: '/name', always: true },
        masked: { kind: 'last-four', at: '/last4' },
        createdAt: { at: '/created_at_utc', format: 'rfc3339' },
        lastUsedAt: { at: '/last_used_at_utc', format: 'rfc3339' },
      },
    },
    revoke: { method: 'DELETE', path: '/resmic/{environment}/developer/keys/{id}' },
    check: {
      method: 'GET',
      path: '/resmic/{environment}/api/v1/makepayment/payment-status',
      query: { session_id: 'sandbox-session' },
      authentication: {
        kind: 'headers',
        headers: { 'x-api-key': '{key.API_KEY}', 'x-user-id': '{key.USER_ID}' },
      },
      verdicts: [
        { when: { status: [200], field: { at: '/success', is: [true] } }, outcome: 'valid' },
        {
          when: { status: [401], field: { at: '/code', is: ['revoked'] } },
          outcome: 'refused',
          why: 'revoked',
        },
        {
          when: { status: [401], field: { at: '/code', is: ['wrong_environment'] } },
          outcome: 'refused',
          why: 'wrong-environment',
        },
        { when: { status: [401] }, outcome: 'refused' },
      ],
    },
  },
  errors: {
    messages: ['/message'],
    meanings: [
      { when: { status: [402] }, means: 'subscription-needed' },
      { when: { status: [409], field: { at: '/code', is: ['trial_used'] } }, means: 'subscription-needed' },
    ],
  },
};
