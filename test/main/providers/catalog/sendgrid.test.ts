import { sendGrid } from '../../../../main/providers/catalog/sendgrid.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, refused, tryOut, valid } from './try-out.ts';

const key = `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`;
const management = { authorization: 'Bearer SG.mgmt', 'on-behalf-of': 'someone' };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [{ line: 'GET https://api.eu.sendgrid.com/v3/scopes', headers: { authorization: `Bearer ${key}` } }],
};

tryOut(sendGrid, {
  settings: { region: 'eu', subuser: 'someone' },
  credential: { token: 'SG.mgmt' },
  exchanges: [
    {
      title: 'makes a key with its scopes, for the subuser, in its region',
      ask: (provider) => provider.create('ci', asking({ scopes: ['mail.send', 'alerts.read'] }), {}),
      answers: [[201, { api_key: key, api_key_id: 'a'.repeat(22), name: 'ci', scopes: ['mail.send'] }]],
      sent: [
        {
          line: 'POST https://api.eu.sendgrid.com/v3/api_keys',
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci', scopes: ['mail.send', 'alerts.read'] },
        },
      ],
      gives: gave({
        providerKeyId: 'a'.repeat(22),
        fields: { API_KEY: key },
        issuedAt: null,
        expiresAt: null,
      }),
    },
    {
      title: "says in the vendor's words that no more keys fit",
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [[403, { errors: [{ message: 'maximum number of api keys reached', field: null }] }]],
      sent: [
        {
          line: 'POST https://api.eu.sendgrid.com/v3/api_keys',
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci' },
        },
      ],
      gives: {
        ok: false,
        error: {
          outcome: 'rejected',
          failure: {
            code: 'permission-lacking',
            host: 'api.eu.sendgrid.com',
            message: 'maximum number of api keys reached',
          },
        },
      },
    },
    {
      title: 'lists all keys at once, as an account holds a hundred at most',
      ask: (provider) => provider.list({}),
      answers: [[200, { result: [{ api_key_id: 'id-1', name: 'ci' }] }]],
      sent: [{ line: 'GET https://api.eu.sendgrid.com/v3/api_keys?limit=100', headers: management }],
      gives: gave([listed({ providerKeyId: 'id-1', name: 'ci' })]),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('id-1', {}),
      answers: [[204, undefined]],
      sent: [{ line: 'DELETE https://api.eu.sendgrid.com/v3/api_keys/id-1', headers: management }],
      gives: done,
    },
    { ...check, title: 'takes a key for valid', answers: [[200, { scopes: ['mail.send'] }]], gives: valid },
    {
      ...check,
      title: 'takes a key that may not read its scopes for valid',
      answers: [[403, { errors: [{ message: 'access forbidden' }] }]],
      gives: limited('access forbidden'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused',
      answers: [[401, { errors: [{ message: 'authorization required' }] }]],
      gives: refused('authorization required'),
    },
  ],
});
