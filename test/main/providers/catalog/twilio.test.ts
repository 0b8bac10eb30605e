import { twilio } from '../../../../main/providers/catalog/twilio.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { asking, done, gave, limited, listed, now, refused, tryOut, valid } from './try-out.ts';

const account = `AC${'0123456789abcdef'.repeat(2)}`;
const sid = `SK${'fedcba9876543210'.repeat(2)}`;
const management = { authorization: `Basic ${account}:auth-token` };
const keys = `https://api.twilio.com/2010-04-01/Accounts/${account}/Keys`;
const item = { sid, friendly_name: 'ci', date_created: 'Sun, 01 Mar 2026 12:00:00 +0000' };
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: sid, API_SECRET: 'shh' })),
  sent: [
    {
      line: `GET https://api.twilio.com/2010-04-01/Accounts/${account}/Messages.json?PageSize=1`,
      headers: { authorization: `Basic ${sid}:shh` },
    },
  ],
};

tryOut(twilio, {
  settings: { account },
  credential: { user: account, password: 'auth-token' },
  exchanges: [
    {
      title: 'makes a pair with a form',
      ask: (provider) => provider.create('ci & co', asking({}), {}),
      answers: [[201, { ...item, secret: 'shh' }]],
      sent: [
        {
          line: `POST ${keys}.json`,
          headers: { ...management, 'content-type': 'application/x-www-form-urlencoded' },
          body: { FriendlyName: 'ci & co' },
        },
      ],
      gives: gave({
        providerKeyId: sid,
        fields: { API_KEY: sid, API_SECRET: 'shh' },
        issuedAt: now,
        expiresAt: null,
      }),
    },
    {
      title: 'lists along the links of the vendor',
      ask: (provider) => provider.list({}),
      answers: [
        [
          200,
          {
            keys: [item],
            next_page_uri: `/2010-04-01/Accounts/${account}/Keys.json?PageSize=1000&Page=1&PageToken=PASK1`,
          },
        ],
        [200, { keys: [], next_page_uri: null }],
      ],
      sent: [
        { line: `GET ${keys}.json?PageSize=1000`, headers: management },
        { line: `GET ${keys}.json?PageSize=1000&Page=1&PageToken=PASK1`, headers: management },
      ],
      gives: gave([listed({ providerKeyId: sid, name: 'ci', createdAt: now })]),
    },
    {
      title: 'revokes by the SID',
      ask: (provider) => provider.revoke(sid, {}),
      answers: [[204, undefined]],
      sent: [{ line: `DELETE ${keys}/${sid}.json`, headers: management }],
      gives: done,
    },
    { ...check, title: 'checks the pair on messages', answers: [[200, { messages: [] }]], gives: valid },
    {
      ...check,
      title: 'takes a key that may not read messages for valid',
      answers: [[403, { code: 70051, message: 'Authorization failed' }]],
      gives: limited('Authorization failed'),
    },
    {
      ...check,
      title: 'takes an unknown key for refused',
      answers: [[401, { code: 20003, message: 'Authenticate', status: 401 }]],
      gives: refused('Authenticate'),
    },
  ],
});
