import { datadog } from '../../../../main/providers/catalog/datadog.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, listed, now, refused, tryOut, valid } from './try-out.ts';

const key = '0123456789abcdef'.repeat(2);
const management = { 'dd-api-key': 'api-1', 'dd-application-key': 'app-1' };
const site = 'https://api.us5.datadoghq.com';
const attributes = {
  name: 'ci',
  last4: 'cdef',
  created_at: '2026-03-01T12:00:00.000Z',
  date_last_used: null,
};
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [{ line: `GET ${site}/api/v1/validate`, headers: { 'dd-api-key': key } }],
};

tryOut(datadog, {
  settings: { site: 'us5.datadoghq.com' },
  credential: { apiKey: 'api-1', applicationKey: 'app-1' },
  exchanges: [
    {
      title: 'makes a key at its site, with both management keys',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [[201, { data: { type: 'api_keys', id: 'id-1', attributes: { ...attributes, key } } }]],
      sent: [
        {
          line: `POST ${site}/api/v2/api_keys`,
          headers: { ...management, 'content-type': 'application/json' },
          body: { data: { type: 'api_keys', attributes: { name: 'ci' } } },
        },
      ],
      gives: gave({ providerKeyId: 'id-1', fields: { API_KEY: key }, issuedAt: now, expiresAt: null }),
    },
    {
      title: 'lists page after page, counted from 0, and never the value that the vendor may send along',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { data: Array(100).fill({ id: 'id-1', attributes: { ...attributes, key } }) }],
        [200, { data: [] }],
      ],
      sent: ['0', '1'].map((page) => ({
        line: `GET ${site}/api/v2/api_keys?page%5Bsize%5D=100&page%5Bnumber%5D=${page}`,
        headers: management,
      })),
      gives: gave(
        Array(100).fill(listed({ providerKeyId: 'id-1', name: 'ci', masked: '…cdef', createdAt: now })),
      ),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('id-1', {}),
      answers: [[204, undefined]],
      sent: [{ line: `DELETE ${site}/api/v2/api_keys/id-1`, headers: management }],
      gives: done,
    },
    {
      ...check,
      title: 'checks a key without the application key',
      answers: [[200, { valid: true }]],
      gives: valid,
    },
    {
      ...check,
      title: 'takes 403 for a key that is refused',
      answers: [[403, { errors: ['Forbidden'] }]],
      gives: refused('Forbidden'),
    },
    {
      title: 'takes 403 for a credential that is not accepted',
      ask: (provider) => provider.checkCredential(),
      answers: [[403, { errors: ['Forbidden'] }]],
      sent: [
        { line: `GET ${site}/api/v2/api_keys?page%5Bsize%5D=100&page%5Bnumber%5D=0`, headers: management },
      ],
      gives: {
        ok: false,
        error: { code: 'credential-rejected', host: 'api.us5.datadoghq.com', message: 'Forbidden' },
      },
    },
  ],
});
