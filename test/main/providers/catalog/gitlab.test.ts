import { gitLab } from '../../../../main/providers/catalog/gitlab.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const management = { 'private-token': 'glpat-mgmt' };
const url = 'https://git.example.com/api/v4/personal_access_tokens';
const token = {
  id: 42,
  name: 'ci',
  created_at: '2026-03-01T12:00:00.000Z',
  last_used_at: null,
  active: true,
};
const check = {
  ask: (provider: Provider) => provider.check(secrets({ TOKEN: 'glpat-0123456789abcdefghij' })),
  sent: [{ line: `GET ${url}/self`, headers: { 'private-token': 'glpat-0123456789abcdefghij' } }],
};
const rotation = {
  line: `POST ${url}/42/rotate`,
  headers: { ...management, 'content-type': 'application/json' },
};

tryOut(gitLab, {
  settings: { url: 'https://git.example.com' },
  credential: { token: 'glpat-mgmt' },
  exchanges: [
    {
      title: 'makes no token, and says so without a call',
      ask: (provider) => provider.create('ci', asking({}), {}),
      answers: [],
      sent: [],
      gives: {
        ok: false,
        error: {
          outcome: 'rejected',
          failure: { code: 'operation-missing', provider: 'GitLab', operation: 'create' },
        },
      },
    },
    {
      title: 'lists a hundred at a time, revoked ones as such',
      ask: (provider) => provider.list({}),
      answers: [
        [200, Array(100).fill(token)],
        [200, [{ ...token, id: 43, active: false, revoked: true }]],
      ],
      sent: ['1', '2'].map((page) => ({ line: `GET ${url}?per_page=100&page=${page}`, headers: management })),
      gives: gave([
        ...Array(100).fill(listed({ providerKeyId: '42', name: 'ci', createdAt: now })),
        listed({ providerKeyId: '43', name: 'ci', createdAt: now, active: false }),
      ]),
    },
    {
      title: 'rotates to a new id and a last day',
      ask: (provider) => provider.rotate('42', { expiresInDays: 90, graceSeconds: 0 }, {}),
      answers: [[200, { ...token, id: 43, token: 'glpat-new', expires_at: '2026-05-30' }]],
      sent: [{ ...rotation, body: { expires_at: '2026-05-30' } }],
      gives: gave({
        providerKeyId: '43',
        fields: { TOKEN: 'glpat-new' },
        issuedAt: now,
        expiresAt: Date.parse('2026-05-30T00:00:00Z'),
      }),
    },
    {
      title: 'never repeats a rotation, which would revoke the whole family',
      ask: (provider) => provider.rotate('42', { expiresInDays: null, graceSeconds: 0 }, {}),
      answers: [[503, { message: 'try again' }]],
      sent: [{ ...rotation, body: {} }],
      gives: {
        ok: false,
        error: {
          outcome: 'unknown',
          failure: { code: 'provider-failed', host: 'git.example.com', status: 503, message: 'try again' },
        },
      },
    },
    {
      title: 'knows that a rotation that was refused changed nothing',
      ask: (provider) => provider.rotate('42', { expiresInDays: null, graceSeconds: 0 }, {}),
      answers: [[403, { message: '403 Forbidden' }]],
      sent: [{ ...rotation, body: {} }],
      gives: {
        ok: false,
        error: {
          outcome: 'rejected',
          failure: { code: 'permission-lacking', host: 'git.example.com', message: '403 Forbidden' },
        },
      },
    },
    {
      title: 'revokes by the number',
      ask: (provider) => provider.revoke('42', {}),
      answers: [[204, undefined]],
      sent: [{ line: `DELETE ${url}/42`, headers: management }],
      gives: done,
    },
    { ...check, title: 'takes an active token for valid', answers: [[200, token]], gives: valid },
    {
      ...check,
      title: 'takes a token that may not look at itself for valid',
      answers: [[403, { error: 'insufficient_scope', error_description: 'It needs a wider scope.' }]],
      gives: limited('It needs a wider scope.'),
    },
    {
      ...check,
      title: 'takes a revoked token for revoked, however that is said',
      answers: [[200, { ...token, active: false, revoked: true }]],
      gives: refused('The provider does not know the key.', 'revoked'),
    },
    ...[
      ['Token was revoked. You have to re-authorize from the user.', 'revoked'] as const,
      ['Token is expired. You can either do re-authorization or token refresh.', 'expired'] as const,
    ].map(([words, why]) => ({
      ...check,
      title: `takes "${words}" for ${why}`,
      answers: [[401, { error: 'invalid_token', error_description: words }]] as const,
      gives: refused(words, why),
    })),
    {
      title: 'knows under which id the list shows the management token',
      ask: (provider) => provider.ownKeyId(),
      answers: [[200, token]],
      sent: [{ line: `GET ${url}/self`, headers: management }],
      gives: gave('42'),
    },
    {
      ...check,
      title: 'takes an unknown token for refused',
      answers: [[401, { message: '401 Unauthorized' }]],
      gives: refused('401 Unauthorized'),
    },
  ],
});
