import fc from 'fast-check';
import { nasty } from './arbitrary-definition.ts';
import { type Circumstances, canary } from './ask-everything.ts';
import { randomAnswer } from './random-answers.ts';

const typed = fc.oneof(fc.constantFrom('acme', 'a.1'), nasty);
const secret = (name: string) => fc.oneof(fc.constant(''), nasty).map((end) => `${canary}-${name}${end}`);

/** What a user may type and a provider may answer. */
export const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  settings: fc.record({
    address: fc.oneof(
      fc.constantFrom(
        'https://own.example',
        ' https://own.example:8443/base/ ',
        'http://127.0.0.1:9',
        'http://own.example',
      ),
      nasty,
    ),
    org: typed,
    app: typed,
  }),
  credential: fc.record({ token: secret('token'), pass: secret('pass') }),
  key: fc.oneof(
    fc.record({ KEY: secret('key'), SECRET: secret('secret') }),
    fc.constant({ KEY: `${'a'.repeat(60)}!${canary}` }),
    fc.constant({}),
  ),
  id: fc.oneof(fc.constantFrom('k1', '17'), nasty),
  label: fc.oneof(fc.constant('key-1'), nasty),
  answers: fc.array(randomAnswer, { minLength: 1, maxLength: 12 }),
});
