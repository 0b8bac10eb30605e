import { openAiAdmin } from '../../../../main/providers/catalog/openai-admin.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { authorization: 'Bearer sk-admin-mgmt' };
const seconds = now / 1000;
const url = 'https://api.openai.com/v1/organization/admin_api_keys';
const item = (id: string) => ({
  object: 'organization.admin_api_key',
  id,
  name: 'ci',
  redacted_value: 'sk-admin...def',
  created_at: seconds,
  last_used_at: null,
  expires_at: null,
});
const shown = (providerKeyId: string) =>
  listed({ providerKeyId, name: 'ci', masked: 'sk-admin…def', createdAt: now });
const check = {
  ask: (provider: Provider) => provider.check(secrets({ ADMIN_KEY: 'sk-admin-0123456789abcdefghij' })),
  sent: [{ line: `GET ${url}?limit=1`, headers: { authorization: 'Bearer sk-admin-0123456789abcdefghij' } }],
};

tryOut(openAiAdmin, {
  credential: { token: 'sk-admin-mgmt' },
  exchanges: [
    {
      title: 'makes a key that lives for so many seconds',
      ask: (provider) => provider.create('ci', asking({ expiresInDays: 30 }), {}),
      answers: [
        [200, { ...item('key_1'), value: 'sk-admin-0123456789abcdefghij', expires_at: seconds + 2_592_000 }],
      ],
      sent: [
        {
          line: `POST ${url}`,
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci', expires_in_seconds: 2_592_000 },
        },
      ],
      gives: gave({
        providerKeyId: 'key_1',
        fields: { ADMIN_KEY: 'sk-admin-0123456789abcdefghij' },
        issuedAt: now,
        expiresAt: now + 2_592_000_000,
      }),
    },
    {
      title: 'lists page after page, from the last id on',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { object: 'list', data: [item('key_1')], has_more: true, last_id: 'key_1' }],
        [200, { object: 'list', data: [item('key_2')], has_more: false, last_id: 'key_2' }],
      ],
      sent: [
        { line: `GET ${url}?limit=100`, headers: management },
        { line: `GET ${url}?limit=100&after=key_1`, headers: management },
      ],
      gives: gave([shown('key_1'), shown('key_2')]),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('key_1', {}),
      answers: [[200, { id: 'key_1', object: 'organization.admin_api_key.deleted', deleted: true }]],
      sent: [{ line: `DELETE ${url}/key_1`, headers: management }],
      gives: done,
    },
    { ...check, title: 'checks a key on the list', answers: [[200, { data: [] }]], gives: valid },
    {
      ...check,
      title: 'takes an unknown key for refused, and does not repeat it in its words',
      answers: [
        [
          401,
          { error: { message: 'Incorrect API key provided: sk-admin-0123456789abcdefghij', code: null } },
        ],
      ],
      gives: refused('Incorrect API key provided: [secret]'),
    },
  ],
});
