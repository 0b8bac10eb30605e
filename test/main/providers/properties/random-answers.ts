import fc from 'fast-check';
import type { Fetch } from '../../../../main/providers/transport.ts';
import { nasty } from './arbitrary-definition.ts';

/** What stands for the credential in a random answer; it is put in when the answer is given. */
export const echo = '[[ECHO]]';

/** One answer of a provider that has lost its mind. */
export type RandomAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: [string, string][];
      readonly text: string;
    }
  | { readonly kind: 'silence' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'cut-off'; readonly text: string };

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    7,
    1e308,
    2 ** 53,
    '2026-03-01T12:00:00Z',
    '30 Feb 2026',
    echo,
  ),
  nasty,
);
const members = fc.constantFrom(
  ...[
    'id',
    'key',
    'keys',
    'name',
    'next',
    'x',
    'valid',
    'length',
    'a/b',
    '__proto__',
    'constructor',
    'message',
  ],
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(members, tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** Most are near to what a definition looks for, so that not every one fails at the first look. */
const likely = fc.record(
  {
    id: fc.oneof(fc.constantFrom('k1', 7, 'k/../2'), leaf),
    key: fc.oneof(fc.constant('sk-issued'), leaf),
    keys: fc.array(fc.oneof(fc.record({ id: leaf, key: leaf, name: leaf, next: leaf }), json), {
      maxLength: 3,
    }),
    next: fc.oneof(fc.constantFrom('https://evil.example/keys', '/keys?page=2', '?c=3', 'http://['), leaf),
    name: leaf,
    valid: leaf,
  },
  { requiredKeys: [] },
);

const text = fc.oneof(
  { weight: 6, arbitrary: likely.map((body) => JSON.stringify(body)) },
  { weight: 2, arbitrary: json.map((body) => JSON.stringify(body)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['', '<html>', '{"id":9007199254740993123456789}', '{"id":1e999}', '[[[[', '"', '\ufeff{}', 'NaN'],
      ...['['.repeat(20_000), `{"keys":[${'{"id":1},'.repeat(2000)}{"id":2}]}`, 'x'.repeat(1_200_000)],
    ),
  },
);

const header = fc.constantFrom<[string, string]>(
  ['retry-after', '1'],
  ['retry-after', 'yesterday'],
  ['retry-after-ms', '99999999999999999999'],
  ['x-ratelimit-reset', '-1e5'],
  ['link', '<https://evil.example/keys?page=2>; rel="next"'],
  ['link', '<?page=2>; rel=next'],
  ['link', '<<<<;;;rel=next'],
  ['location', 'https://evil.example/'],
  ['content-length', '99999999999'],
  ['x-a', 'a'],
);

/** One answer at random. */
export const randomAnswer: fc.Arbitrary<RandomAnswer> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      status: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(200, 201, 202, 204) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            299,
            301,
            302,
            304,
            307,
            308,
            400,
            401,
            402,
            403,
            404,
            409,
            429,
            500,
            503,
            599,
          ),
        },
      ),
      headers: fc.array(header, { maxLength: 2 }),
      text,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'silence' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'drop' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut-off' as const), text }) },
);

/** One request as it was about to leave. */
export interface Sent {
  readonly url: URL;
  readonly init: RequestInit;
}

/** A `fetch` that leaves the machine alone: it notes what it is asked for and gives the answers in turn, the last for ever. */
export function recordingFetch(
  answers: readonly RandomAnswer[],
  credential: string,
): { fetch: Fetch; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    // The real one would refuse them here as well.
    new Request(url, init);
    sent.push({ url: new URL(url), init });
    const answer = answers[Math.min(sent.length, answers.length) - 1] ?? { kind: 'drop' };
    if (answer.kind === 'silence') return silence(init.signal);
    if (answer.kind === 'drop') throw Object.assign(new TypeError('fetch failed'), { code: 'ECONNRESET' });
    const words = JSON.stringify(credential).slice(1, -1);
    const content = answer.text.replaceAll(echo, words);
    if (answer.kind === 'cut-off') return new Response(cutOff(content));
    const { status, headers } = answer;
    return new Response([204, 304].includes(status) ? null : content, { status, headers });
  };
  return { fetch, sent };
}

function silence(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });
}

/** A body that begins and breaks off. */
function cutOff(text: string): ReadableStream<Uint8Array> {
  let isBegun = false;
  return new ReadableStream({
    pull(controller) {
      if (isBegun) controller.error(Object.assign(new TypeError('terminated'), { code: 'UND_ERR_SOCKET' }));
      else controller.enqueue(new TextEncoder().encode(text.slice(0, 20)));
      isBegun = true;
    },
  });
}
