import { resend } from '../../../../main/providers/catalog/resend.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const key = 're_a1b2c3d4_0123456789abcdef';
const agent = { 'user-agent': 'Keyturn' };
const management = { ...agent, authorization: 'Bearer re_full' };
const own = { ...agent, authorization: `Bearer ${key}` };
const lookup = { line: 'GET https://api.resend.com/api-keys?limit=1', headers: own };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [lookup],
};
const created = {
  line: 'POST https://api.resend.com/api-keys',
  headers: { ...management, 'content-type': 'application/json' },
};

tryOut(resend, {
  credential: { token: 're_full' },
  exchanges: [
    {
      title: 'makes a key that may only send',
      ask: (provider) => provider.create('ci', asking({ scopes: ['sending_access'] }), {}),
      answers: [[201, { id: 'id-1', token: key }]],
      sent: [{ ...created, body: { name: 'ci', permission: 'sending_access' } }],
      gives: gave({ providerKeyId: 'id-1', fields: { API_KEY: key }, issuedAt: null, expiresAt: null }),
    },
    {
      title: 'binds a key that may only send to the domain of the connection',
      settings: { domain: 'dom-1' },
      ask: (provider) => provider.create('ci', asking({ scopes: ['sending_access'] }), {}),
      answers: [[201, { id: 'id-1', token: key }]],
      sent: [{ ...created, body: { name: 'ci', permission: 'sending_access', domain_id: 'dom-1' } }],
      gives: gave({ providerKeyId: 'id-1', fields: { API_KEY: key }, issuedAt: null, expiresAt: null }),
    },
    {
      title: 'asks for full access by its name when nothing else is wanted',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [[201, { id: 'id-1', token: key }]],
      sent: [{ ...created, body: { name: 'ci', permission: 'full_access' } }],
      gives: gave({ providerKeyId: 'id-1', fields: { API_KEY: key }, issuedAt: null, expiresAt: null }),
    },
    {
      title: 'lists page after page, with the times that the vendor writes',
      ask: (provider) => provider.list({}),
      answers: [
        [
          200,
          {
            object: 'list',
            has_more: true,
            data: [{ id: 'id-1', name: 'ci', created_at: '2026-03-01 12:00:00.678+00', last_used_at: null }],
          },
        ],
        [200, { object: 'list', has_more: false, data: [] }],
      ],
      sent: [
        { line: 'GET https://api.resend.com/api-keys?limit=100', headers: management },
        { line: 'GET https://api.resend.com/api-keys?limit=100&after=id-1', headers: management },
      ],
      gives: gave([listed({ providerKeyId: 'id-1', name: 'ci', createdAt: now + 678 })]),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('id-1', {}),
      answers: [[200, { object: 'api_key', id: 'id-1', deleted: true }]],
      sent: [{ line: 'DELETE https://api.resend.com/api-keys/id-1', headers: management }],
      gives: done,
    },
    {
      ...check,
      title: 'takes a key with full access for valid',
      answers: [[200, { object: 'list', data: [] }]],
      gives: valid,
    },
    {
      ...check,
      title: 'takes a key that may only send for valid, though the vendor says 401',
      answers: [
        [401, { statusCode: 401, name: 'restricted_api_key', message: 'This key may only send mail.' }],
      ],
      gives: limited('This key may only send mail.'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused, though the vendor says 403',
      answers: [[403, { statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid' }]],
      gives: refused('API key is invalid'),
    },
    {
      title: 'takes its 403 for a credential that is not accepted',
      ask: (provider) => provider.checkCredential(),
      answers: [[403, { statusCode: 403, name: 'invalid_api_key', message: 'API key is invalid' }]],
      sent: [{ line: 'GET https://api.resend.com/api-keys?limit=100', headers: management }],
      gives: {
        ok: false,
        error: { code: 'credential-rejected', host: 'api.resend.com', message: 'API key is invalid' },
      },
    },
  ],
});
