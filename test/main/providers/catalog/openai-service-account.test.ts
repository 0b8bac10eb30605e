import { openAiServiceAccount } from '../../../../main/providers/catalog/openai-service-account.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { authorization: 'Bearer sk-admin-mgmt' };
const url = 'https://api.openai.com/v1/organization/projects/proj_1/service_accounts';
const accountOf = (id: string) => ({ id, name: 'ci', role: 'member', created_at: now / 1000 });
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: 'sk-svcacct-0123456789abcdefghij' })),
  sent: [
    {
      line: 'GET https://api.openai.com/v1/models',
      headers: { authorization: 'Bearer sk-svcacct-0123456789abcdefghij' },
    },
  ],
};

tryOut(openAiServiceAccount, {
  settings: { project: 'proj_1' },
  credential: { token: 'sk-admin-mgmt' },
  exchanges: [
    {
      title: 'makes an account with its key, and knows the key by the account',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [
        [
          200,
          {
            ...accountOf('svc_1'),
            api_key: {
              id: 'key_1',
              name: 'Secret Key',
              value: 'sk-svcacct-0123456789abcdefghij',
              created_at: now / 1000,
            },
          },
        ],
      ],
      sent: [
        {
          line: `POST ${url}`,
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci' },
        },
      ],
      gives: gave({
        providerKeyId: 'svc_1',
        fields: { API_KEY: 'sk-svcacct-0123456789abcdefghij' },
        issuedAt: now,
        expiresAt: null,
      }),
    },
    {
      title: 'lists the accounts of the project',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { object: 'list', data: [accountOf('svc_1')], has_more: true, last_id: 'svc_1' }],
        [200, { object: 'list', data: [accountOf('svc_2')], has_more: false, last_id: 'svc_2' }],
      ],
      sent: [
        { line: `GET ${url}?limit=100`, headers: management },
        { line: `GET ${url}?limit=100&after=svc_1`, headers: management },
      ],
      gives: gave(
        ['svc_1', 'svc_2'].map((providerKeyId) => listed({ providerKeyId, name: 'ci', createdAt: now })),
      ),
    },
    {
      title: 'revokes a key with its account',
      ask: (provider) => provider.revoke('svc_1', {}),
      answers: [[200, { id: 'svc_1', deleted: true }]],
      sent: [{ line: `DELETE ${url}/svc_1`, headers: management }],
      gives: done,
    },
    { ...check, title: 'checks a key on the models', answers: [[200, { data: [] }]], gives: valid },
    {
      ...check,
      title: 'takes a key that may not see the models for valid',
      answers: [[403, { error: { message: 'You have insufficient permissions', code: null } }]],
      gives: limited('You have insufficient permissions'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused',
      answers: [[401, { error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }]],
      gives: refused('Incorrect API key provided'),
    },
  ],
});
