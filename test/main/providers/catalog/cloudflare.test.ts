import { cloudflare } from '../../../../main/providers/catalog/cloudflare.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, listed, now, refused, tryOut, valid } from './try-out.ts';

const zone = 'com.cloudflare.api.account.zone.0123';
const management = { authorization: 'Bearer cf-mgmt' };
const asJson = { ...management, 'content-type': 'application/json' };
const url = 'https://api.cloudflare.com/client/v4/user/tokens';
const key = `cfut_${'a'.repeat(48)}`;
const policies = [
  { effect: 'allow', permission_groups: [{ id: 'group-1' }, { id: 'group-2' }], resources: { [zone]: '*' } },
];
const answer = (result: unknown) => ({ success: true, errors: [], messages: [], result });
const token = { id: 'id-1', name: 'ci', status: 'active', issued_on: '2026-03-01T12:00:00Z' };
const refusal = { success: false, errors: [{ code: 1000, message: 'Invalid API Token' }], result: null };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_TOKEN: key })),
  sent: [{ line: `GET ${url}/verify`, headers: { authorization: `Bearer ${key}` } }],
};

tryOut(cloudflare, {
  settings: { resource: zone },
  credential: { token: 'cf-mgmt' },
  exchanges: [
    {
      title: 'makes a token with what it may do on the resource, for some addresses and some time',
      ask: (provider) =>
        provider.create(
          'ci',
          asking({
            scopes: ['group-1', 'group-2'],
            expiresInDays: 1,
            restrictions: { ips: ['192.0.2.0/24'], referrers: [], endpoints: [] },
          }),
          {},
        ),
      answers: [[200, answer({ ...token, value: key, expires_on: '2026-03-02T12:00:00Z' })]],
      sent: [
        {
          line: `POST ${url}`,
          headers: asJson,
          body: {
            name: 'ci',
            policies,
            expires_on: '2026-03-02T12:00:00.000Z',
            condition: { 'request.ip': { in: ['192.0.2.0/24'] } },
          },
        },
      ],
      gives: gave({
        providerKeyId: 'id-1',
        fields: { API_TOKEN: key },
        issuedAt: now,
        expiresAt: now + 86_400_000,
      }),
    },
    {
      title: 'leaves out conditions that nobody asked for',
      ask: (provider) => provider.create('ci', asking({ scopes: ['group-1', 'group-2'] }), {}),
      answers: [[200, answer({ ...token, value: key })]],
      sent: [{ line: `POST ${url}`, headers: asJson, body: { name: 'ci', policies } }],
      gives: gave({ providerKeyId: 'id-1', fields: { API_TOKEN: key }, issuedAt: now, expiresAt: null }),
    },
    {
      title: 'lists fifty at a time and tells which are disabled',
      ask: (provider) => provider.list({}),
      answers: [
        [200, answer(Array(50).fill(token))],
        [200, answer([{ ...token, status: 'disabled', last_used_on: '2026-03-01T12:00:00Z' }])],
      ],
      sent: ['1', '2'].map((page) => ({ line: `GET ${url}?per_page=50&page=${page}`, headers: management })),
      gives: gave([
        ...Array(50).fill(listed({ providerKeyId: 'id-1', name: 'ci', createdAt: now })),
        listed({ providerKeyId: 'id-1', name: 'ci', createdAt: now, lastUsedAt: now, active: false }),
      ]),
    },
    {
      title: 'revokes with the empty object that the vendor wants',
      ask: (provider) => provider.revoke('id-1', {}),
      answers: [[200, answer({ id: 'id-1' })]],
      sent: [{ line: `DELETE ${url}/id-1`, headers: asJson, body: {} }],
      gives: done,
    },
    {
      title: 'rolls a token: the id stays, the answer is the bare value',
      ask: (provider) => provider.rotate('id-1', { expiresInDays: null, graceSeconds: 0 }, {}),
      answers: [[200, answer(key)]],
      sent: [{ line: `PUT ${url}/id-1/value`, headers: asJson, body: {} }],
      gives: gave({ providerKeyId: 'id-1', fields: { API_TOKEN: key }, issuedAt: null, expiresAt: null }),
    },
    {
      title: 'offers the permission groups by their names',
      ask: (provider) => provider.scopes(),
      answers: [[200, answer([{ id: 'group-1', name: 'DNS Read', scopes: [] }, { id: 'group-2' }])]],
      sent: [{ line: `GET ${url}/permission_groups`, headers: management }],
      gives: gave([
        { value: 'group-1', label: 'DNS Read' },
        { value: 'group-2', label: 'group-2' },
      ]),
    },
    { ...check, title: 'takes an active token for valid', answers: [[200, answer(token)]], gives: valid },
    {
      ...check,
      title: 'takes a disabled token for revoked, though the vendor says 200',
      answers: [[200, answer({ ...token, status: 'disabled' })]],
      gives: refused('The provider does not know the key.', 'revoked'),
    },
    {
      ...check,
      title: 'takes an expired token for expired, though the vendor says 200',
      answers: [[200, answer({ ...token, status: 'expired' })]],
      gives: refused('The provider does not know the key.', 'expired'),
    },
    {
      title: 'knows under which id the list shows the management token',
      ask: (provider) => provider.ownKeyId(),
      answers: [[200, answer({ id: 'id-0', status: 'active' })]],
      sent: [{ line: `GET ${url}/verify`, headers: management }],
      gives: gave('id-0'),
    },
    {
      ...check,
      title: 'takes an unknown token for refused',
      answers: [[401, refusal]],
      gives: refused('Invalid API Token'),
    },
  ],
});
