import { channex } from '../../../../main/providers/catalog/channex.ts';
import type { Provider } from '../../../../main/providers/provider.ts';
import { secrets } from '../world.ts';
import { refused, tryOut, valid } from './try-out.ts';

// The example of the documentation, turned around.
const key = 'P1Q1/sWXhJuirgETVcMq/fT8bVada321R38nrTuIUReAjUx4YrC7a8kgMiX80Uu';
const check = {
  ask: (provider: Provider) => provider.check(secrets({ API_KEY: key })),
  sent: [{ line: 'GET https://staging.channex.io/api/v1/properties/', headers: { 'user-api-key': key } }],
};

tryOut(channex, {
  settings: { url: 'https://staging.channex.io' },
  credential: {},
  exchanges: [
    {
      ...check,
      title: 'takes a key that reads the properties for valid, though there are none',
      answers: [[200, { data: [], meta: { total: 0 } }]],
      gives: valid,
    },
    {
      ...check,
      title: 'takes a withdrawn or unknown key for refused',
      answers: [[401, { errors: { code: 'unauthorized', title: 'Unauthorized' } }]],
      gives: refused('Unauthorized'),
    },
    {
      ask: (provider) => provider.check(secrets({ API_KEY: 'short' })),
      title: 'says of a key that was pasted in part that it was mistyped',
      answers: [[401, { errors: { code: 'unauthorized', title: 'Unauthorized' } }]],
      sent: [{ ...check.sent[0], line: check.sent[0]?.line ?? '', headers: { 'user-api-key': 'short' } }],
      gives: refused('Unauthorized', 'mistyped'),
    },
  ],
});
