import { neon } from '../../../../main/providers/catalog/neon.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { authorization: 'Bearer napi_mgmt' };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: 'napi_0123456789abcdefghij' })),
  sent: [
    {
      line: 'GET https://console.neon.tech/api/v2/users/me',
      headers: { authorization: 'Bearer napi_0123456789abcdefghij' },
    },
  ],
};

tryOut(neon, {
  credential: { token: 'napi_mgmt' },
  exchanges: [
    {
      title: 'makes a key whose id is a number',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [
        [
          200,
          { id: 165434, key: 'napi_0123456789abcdefghij', name: 'ci', created_at: '2026-03-01T12:00:00Z' },
        ],
      ],
      sent: [
        {
          line: 'POST https://console.neon.tech/api/v2/api_keys',
          headers: { ...management, 'content-type': 'application/json' },
          body: { key_name: 'ci' },
        },
      ],
      gives: gave({
        providerKeyId: '165434',
        fields: { API_KEY: 'napi_0123456789abcdefghij' },
        issuedAt: now,
        expiresAt: null,
      }),
    },
    {
      title: 'reads the bare array',
      ask: (provider) => provider.list({}),
      answers: [
        [
          200,
          [
            {
              id: 165434,
              name: 'ci',
              created_at: '2026-03-01T12:00:00Z',
              last_used_at: '2026-03-01T12:00:05Z',
              last_used_from_addr: '192.0.2.1',
            },
            { id: 165435, name: 'new', created_at: '2026-03-01T12:00:00Z', last_used_at: null },
          ],
        ],
      ],
      sent: [{ line: 'GET https://console.neon.tech/api/v2/api_keys', headers: management }],
      gives: gave([
        listed({ providerKeyId: '165434', name: 'ci', createdAt: now, lastUsedAt: now + 5000 }),
        listed({ providerKeyId: '165435', name: 'new', createdAt: now }),
      ]),
    },
    {
      title: 'revokes by the number',
      ask: (provider) => provider.revoke('165434', {}),
      answers: [[200, { id: 165434, name: 'ci', revoked: true }]],
      sent: [{ line: 'DELETE https://console.neon.tech/api/v2/api_keys/165434', headers: management }],
      gives: done,
    },
    { ...check, title: 'takes a key for valid', answers: [[200, { id: 'user-1' }]], gives: valid },
    {
      ...check,
      title: 'takes a key that may not see its user for valid',
      answers: [[403, { code: '', message: 'not allowed' }]],
      gives: limited('not allowed'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused',
      answers: [[401, { code: '', message: 'authorization failed' }]],
      gives: refused('authorization failed'),
    },
  ],
});
