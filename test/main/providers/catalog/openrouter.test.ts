import { openRouter } from '../../../../main/providers/catalog/openrouter.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, listed, now, refused, tryOut, valid } from './try-out.ts';

const key = `sk-or-v1-${'0a1b'.repeat(16)}`;
const management = { authorization: 'Bearer mgmt-1' };
const item = (number: number) => ({
  hash: `hash-${number}`,
  name: `key ${number}`,
  label: 'sk-or-v1-0a1...0a1b',
  disabled: number === 100,
  created_at: '2026-02-01T00:00:00Z',
  updated_at: null,
});
const shown = (number: number) =>
  listed({
    providerKeyId: `hash-${number}`,
    name: `key ${number}`,
    masked: 'sk-or-v1-0a1…0a1b',
    createdAt: Date.parse('2026-02-01T00:00:00Z'),
    active: number !== 100,
  });

tryOut(openRouter, {
  settings: { workspace: 'ws-1' },
  credential: { token: 'mgmt-1' },
  exchanges: [
    {
      title: 'makes a key that ends on a day, in UTC',
      ask: (provider) => provider.create('ci', asking({ expiresInDays: 30 }), {}),
      answers: [
        [
          201,
          {
            key,
            data: {
              hash: 'hash-1',
              name: 'ci',
              created_at: '2026-03-01T12:00:01Z',
              expires_at: '2026-03-31T12:00:00Z',
            },
          },
        ],
      ],
      sent: [
        {
          line: 'POST https://openrouter.ai/api/v1/keys',
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci', workspace_id: 'ws-1', expires_at: '2026-03-31T12:00:00.000Z' },
        },
      ],
      gives: gave({
        providerKeyId: 'hash-1',
        fields: { API_KEY: key },
        issuedAt: now + 1000,
        expiresAt: now + 30 * 86_400_000,
      }),
    },
    {
      title: 'lists a hundred at a time, disabled ones too, until a page is short',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { data: Array.from({ length: 100 }, (_, index) => item(index)) }],
        [200, { data: [item(100)] }],
      ],
      sent: ['0', '100'].map((offset) => ({
        line: `GET https://openrouter.ai/api/v1/keys?include_disabled=true&workspace_id=ws-1&offset=${offset}`,
        headers: management,
      })),
      gives: gave(Array.from({ length: 101 }, (_, index) => shown(index))),
    },
    {
      title: 'revokes by the hash',
      ask: (provider) => provider.revoke('hash-1', {}),
      answers: [[200, { deleted: true }]],
      sent: [{ line: 'DELETE https://openrouter.ai/api/v1/keys/hash-1', headers: management }],
      gives: done,
    },
    {
      title: 'checks a key with the key itself',
      ask: (provider) => provider.check(secrets({ API_KEY: key })),
      answers: [[200, { data: { label: 'sk-or-v1-0a1...0a1b', is_management_key: false } }]],
      sent: [{ line: 'GET https://openrouter.ai/api/v1/key', headers: { authorization: `Bearer ${key}` } }],
      gives: valid,
    },
    {
      title: 'says of a key that was pasted in part that it was mistyped',
      ask: (provider) => provider.check(secrets({ API_KEY: 'sk-or-v1-short' })),
      answers: [[401, { error: { code: 401, message: 'No auth credentials found' } }]],
      sent: [
        { line: 'GET https://openrouter.ai/api/v1/key', headers: { authorization: 'Bearer sk-or-v1-short' } },
      ],
      gives: refused('No auth credentials found', 'mistyped'),
    },
  ],
});
