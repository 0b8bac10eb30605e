import { anthropic } from '../../../../main/providers/catalog/anthropic.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const version = { 'anthropic-version': '2023-06-01' };
const management = { ...version, 'x-api-key': 'sk-ant-admin01-mgmt' };
const key = `sk-ant-api03-${'a'.repeat(93)}AA`;
const url = 'https://api.anthropic.com/v1/organizations/api_keys';
const item = { id: 'apikey_1', name: 'ci', status: 'active', created_at: '2026-03-01T12:00:00Z' };
const shown = listed({ providerKeyId: 'apikey_1', name: 'ci', createdAt: now });
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [{ line: 'GET https://api.anthropic.com/v1/models', headers: { ...version, 'x-api-key': key } }],
};

tryOut(anthropic, {
  credential: { token: 'sk-ant-admin01-mgmt' },
  exchanges: [
    {
      title: 'makes no key, and says so without a call',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [],
      sent: [],
      gives: {
        ok: false,
        error: {
          outcome: 'rejected',
          failure: { code: 'operation-missing', provider: 'Anthropic', operation: 'create' },
        },
      },
    },
    {
      title: 'lists page after page, inactive ones as such',
      ask: (provider) => provider.list({}),
      answers: [
        [
          200,
          {
            data: [{ ...item, partial_key_hint: 'sk-ant-api03-R2D...igAA' }],
            has_more: true,
            last_id: 'apikey_1',
          },
        ],
        [200, { data: [{ ...item, status: 'inactive' }], has_more: false, last_id: 'apikey_1' }],
      ],
      sent: [
        { line: `GET ${url}?limit=1000`, headers: management },
        { line: `GET ${url}?limit=1000&after_id=apikey_1`, headers: management },
      ],
      gives: gave([
        { ...shown, masked: 'sk-ant-api03-R2D…igAA' },
        { ...shown, active: false },
      ]),
    },
    {
      title: 'revokes a key by making it inactive',
      ask: (provider) => provider.revoke('apikey_1', {}),
      answers: [[200, { ...item, status: 'inactive' }]],
      sent: [
        {
          line: `POST ${url}/apikey_1`,
          headers: { ...management, 'content-type': 'application/json' },
          body: { status: 'inactive' },
        },
      ],
      gives: done,
    },
    { ...check, title: 'checks a key on the models', answers: [[200, { data: [] }]], gives: valid },
    {
      ...check,
      title: 'takes a key that may not see the models for valid',
      answers: [[403, { type: 'error', error: { type: 'permission_error', message: 'Not allowed' } }]],
      gives: limited('Not allowed'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused',
      answers: [
        [401, { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } }],
      ],
      gives: refused('invalid x-api-key'),
    },
  ],
});
