import { stripe } from '../../../../main/providers/catalog/stripe.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { limited, refused, tryOut, valid } from './try-out.ts';

const key = 'sk_test_0123456789abcdefABCDEF';
const asking = (value: string) => ({
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: value })),
  sent: [{ line: 'GET https://api.stripe.com/v1/balance', headers: { authorization: `Bearer ${value}` } }],
});

tryOut(stripe, {
  credential: {},
  exchanges: [
    {
      ...asking(key),
      title: 'takes a key that reads the balance for valid',
      answers: [[200, { object: 'balance', livemode: false }]],
      gives: valid,
    },
    {
      ...asking('rk_test_0123456789abcdefABCDEF'),
      title: 'takes a restricted key that may not read the balance for valid',
      answers: [[403, { error: { message: 'The provided key does not have the required permissions.' } }]],
      gives: limited('The provided key does not have the required permissions.'),
    },
    {
      ...asking(key),
      title: 'says of a key that was rolled that it has expired',
      answers: [
        [401, { error: { code: 'api_key_expired', message: 'Expired API Key provided: sk_test_***' } }],
      ],
      gives: refused('Expired API Key provided: sk_test_***', 'expired'),
    },
    {
      ...asking(key),
      title: 'takes an unknown key for refused',
      answers: [[401, { error: { message: 'Invalid API Key provided: sk_test_***' } }]],
      gives: refused('Invalid API Key provided: sk_test_***'),
    },
    ...['sk_live_0123456789abcdefABCDEF', 'rk_live_0123456789abcdefABCDEF'].map((live) => ({
      ask: (provider: Provider) => provider.check(secrets({ API_KEY: live })),
      title: `sends no ${live.slice(0, 8)} key where keys are test keys`,
      answers: [],
      sent: [],
      gives: refused('This is a live key, and the connection is for test keys.', 'wrong-environment'),
    })),
  ],
});
