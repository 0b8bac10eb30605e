import { vercel } from '../../../../main/providers/catalog/vercel.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { authorization: 'Bearer vcp_mgmt' };
const token = {
  id: 'tok-1',
  name: 'ci',
  prefix: 'vcp_',
  suffix: 'abc123',
  createdAt: now,
  activeAt: now + 5,
};
const check = {
  ask: (provider: Provider) => provider.check(secrets({ TOKEN: 'vcp_0123456789abcdefghij' })),
  sent: [
    {
      line: 'GET https://api.vercel.com/v5/user/tokens/current',
      headers: { authorization: 'Bearer vcp_0123456789abcdefghij' },
    },
  ],
};
const shown = listed({
  providerKeyId: 'tok-1',
  name: 'ci',
  masked: 'v…c123',
  createdAt: now,
  lastUsedAt: now + 5,
});

tryOut(vercel, {
  settings: { team: 'team_1' },
  credential: { token: 'vcp_mgmt' },
  exchanges: [
    {
      title: 'knows under which id the list shows the management token',
      ask: (provider) => provider.ownKeyId(),
      answers: [[200, { token }]],
      sent: [{ line: 'GET https://api.vercel.com/v5/user/tokens/current', headers: management }],
      gives: gave('tok-1'),
    },
    {
      title: 'makes a token of the team that ends at a millisecond',
      ask: (provider) => provider.create('ci', asking({ expiresInDays: 1 }), {}),
      answers: [
        [200, { bearerToken: 'vcp_0123456789abcdefghij', token: { ...token, expiresAt: now + 86_400_000 } }],
      ],
      sent: [
        {
          line: 'POST https://api.vercel.com/v3/user/tokens?teamId=team_1',
          headers: { ...management, 'content-type': 'application/json' },
          body: { name: 'ci', expiresAt: now + 86_400_000 },
        },
      ],
      gives: gave({
        providerKeyId: 'tok-1',
        fields: { TOKEN: 'vcp_0123456789abcdefghij' },
        issuedAt: now,
        expiresAt: now + 86_400_000,
      }),
    },
    {
      title: 'lists page after page and tells revoked tokens',
      ask: (provider) => provider.list({}),
      answers: [
        [200, { tokens: [token], pagination: { count: 1, next: 1540095775951, prev: null } }],
        [200, { tokens: [{ ...token, revokedAt: now }], pagination: { count: 1, next: null, prev: null } }],
      ],
      sent: [
        { line: 'GET https://api.vercel.com/v6/user/tokens', headers: management },
        { line: 'GET https://api.vercel.com/v6/user/tokens?until=1540095775951', headers: management },
      ],
      gives: gave([shown, { ...shown, active: false }]),
    },
    {
      title: 'revokes by the id',
      ask: (provider) => provider.revoke('tok-1', {}),
      answers: [[200, { tokenId: 'tok-1' }]],
      sent: [{ line: 'DELETE https://api.vercel.com/v3/user/tokens/tok-1', headers: management }],
      gives: done,
    },
    { ...check, title: 'takes a token for valid', answers: [[200, { token }]], gives: valid },
    {
      ...check,
      title: 'takes a token that the vendor calls invalid for refused',
      answers: [[403, { error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } }]],
      gives: refused('Not authorized'),
    },
    {
      ...check,
      title: 'takes another 403 for no verdict at all',
      answers: [[403, { error: { code: 'forbidden', message: 'You need two factors' } }]],
      gives: {
        ok: false,
        error: { code: 'permission-lacking', host: 'api.vercel.com', message: 'You need two factors' },
      },
    },
  ],
});
