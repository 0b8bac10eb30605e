import { bearerRest } from '../../../../main/providers/catalog/bearer-rest.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { authorization: 'Bearer sk_test_mgmt' };
const url = 'https://api.example.com/v1/api-keys';
const key = 'sk_test_0123456789abcdef';
const item = { id: 'key_123', name: 'web', prefix: 'sk_test_', created_at: '2026-03-01T12:00:00Z' };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [{ line: `GET ${url}`, headers: { authorization: `Bearer ${key}` } }],
};

tryOut(bearerRest, {
  settings: { url: 'https://api.example.com', dashboard: 'https://dashboard.example.com/keys' },
  credential: { token: 'sk_test_mgmt' },
  exchanges: [
    {
      title: 'lists names, when keys were made and last used',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { success: true, data: [item, { ...item, id: 'key_124', last_used: '2026-03-01T12:00:00Z' }] }],
      ],
      sent: [{ line: `GET ${url}`, headers: management }],
      gives: gave([
        listed({ providerKeyId: 'key_123', name: 'web', createdAt: now }),
        listed({ providerKeyId: 'key_124', name: 'web', createdAt: now, lastUsedAt: now }),
      ]),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('key_123', {}),
      answers: [[200, { success: true, message: 'API key revoked' }]],
      sent: [{ line: `DELETE ${url}/key_123`, headers: management }],
      gives: done,
    },
    {
      ...check,
      title: 'takes a key that reads the list for valid',
      answers: [[200, { success: true, data: [item] }]],
      gives: valid,
    },
    {
      ...check,
      title: 'takes a key that lacks the permission for valid',
      answers: [[403, { success: false, message: 'The key lacks the permission.' }]],
      gives: limited('The key lacks the permission.'),
    },
    {
      ...check,
      title: 'takes an invalid key for refused',
      answers: [[401, { success: false, message: 'Invalid API key' }]],
      gives: refused('Invalid API key'),
    },
    {
      title: 'sends no live key where keys are test keys',
      ask: (provider) => provider.check(secrets({ API_KEY: 'sk_live_0123456789abcdef' })),
      answers: [],
      sent: [],
      gives: refused('This is a live key, and the connection is for test keys.', 'wrong-environment'),
    },
  ],
});
