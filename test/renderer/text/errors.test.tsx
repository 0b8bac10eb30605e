import { describe, expect, it } from 'vitest';
import { oneLine, type PageFailure, words } from '../../../renderer/text/errors.ts';
import { type FailureCode, failureDetails, failureSchema } from '../../../shared/domain/failure.ts';

const facts: Record<string, unknown> = {
  minLength: 12,
  file: '/home/mira/shop/.env',
  reason: 'permission denied',
  detail: 'more about it',
  seconds: 20,
  bytes: 4096,
  limitBytes: 2560,
  name: 'Shop checkout',
  host: 'registry.example.com',
  to: 'elsewhere.example.com',
  message: 'it expired',
  retryAfterSeconds: 30,
  status: 418,
  questions: ['password'],
  provider: 'Package registry',
  operation: 'revoke',
  keys: 3,
  field: 'Token',
  workId: 'wrk_00000000000000000001',
  keyId: 'key_00000000000000000001',
  strays: 1,
  variable: 'REGISTRY_TOKEN',
  url: 'https://registry.example.com/plans',
  faults: [{ at: 'operations.create.response.secret', message: 'is not a pointer' }],
  id: 'registry',
  folder: '/home/mira/shop',
  line: 'keyturn-hook check || exit 1',
  connections: 2,
};

/** Every shape that a code can have: one failure per value of its enumerated fact, if it has one. */
function samples(code: FailureCode): PageFailure[] {
  const shape = failureDetails[code].shape as Record<string, { options?: readonly unknown[] }>;
  const own = Object.fromEntries(Object.keys(shape).map((name) => [name, facts[name]]));
  const [listed, schema] = Object.entries(shape).find(([, type]) => type.options !== undefined) ?? [];
  const variants =
    listed === undefined ? [own] : (schema?.options ?? []).map((value) => ({ ...own, [listed]: value }));
  if (code === 'key-not-active') variants.push({ status: 'revoked' });
  return variants.map((variant) => failureSchema.parse({ code, ...(variant as object) }));
}

const all: PageFailure[] = [
  ...(Object.keys(failureDetails) as FailureCode[]).flatMap((code) =>
    code === 'key-not-active' ? [failureSchema.parse({ code, status: 'revoked' })] : samples(code),
  ),
  { code: 'internal', ref: 'K7F2' },
  { code: 'invalid-input', issues: [{ path: 'name', message: 'too long' }] },
  { code: 'connection-lost' },
];

describe('every failure', () => {
  it.each(all.map((failure) => [JSON.stringify(failure), failure] as const))(
    '%s says what happened and what to do now',
    (_, failure) => {
      const { title, body, next } = words(failure);
      expect(title).toMatch(/^[A-Z“a-z0-9][^.]*(\.[^.\s][^.]*)*$/);
      expect(body).toMatch(/[.!?”]$/);
      expect(next).toMatch(/^[A-Z“].*\.$/);
      expect(`${title} ${body} ${next}`).not.toMatch(/undefined|null|NaN|\[object|\.\.|\s{2}| \.(?!env)/);
    },
  );

  it('has a title of its own', () => {
    const perCode = new Map(all.map((failure) => [failure.code, words(failure).title]));
    expect(new Set(perCode.values()).size).toBe(perCode.size);
  });

  it('never says a code', () => {
    for (const failure of all) {
      expect(oneLine(failure)).not.toContain(failure.code);
    }
  });
});

describe('the facts of a failure', () => {
  it('names who asks to wait, how long, and that nothing was changed', () => {
    const said = words({ code: 'provider-throttled', host: 'registry.example.com', retryAfterSeconds: 30 });
    expect(said.title).toBe('registry.example.com asks to wait 30 seconds');
    expect(said.body).toContain('Nothing was changed');
    expect(said.next).toBe('Try again then.');
  });

  it('names the file and what the system said about it', () => {
    const said = words({ code: 'file-unwritable', file: '/srv/app/.env', reason: 'read-only file system' });
    expect(said.body).toContain('/srv/app/.env');
    expect(said.body).toContain('read-only file system');
  });

  it('quotes the provider', () => {
    const said = words({ code: 'credential-rejected', host: 'api.example.com', message: 'Token expired.' });
    expect(said.body).toContain('It says: “Token expired”.');
  });

  it('says nothing in the name of a provider that said nothing', () => {
    const said = words({ code: 'credential-rejected', host: 'api.example.com', message: '' });
    expect(said.body).toBe('Nothing was changed there.');
  });

  it.each([
    [null, 'could not be looked at'],
    [0, 'no key of that name'],
    [1, '1 key of that name'],
    [2, '2 keys of that name'],
  ])('tells %s strays after a lost answer', (strays, expected) => {
    expect(words({ code: 'outcome-unknown', workId: 'wrk', strays }).body).toContain(expected);
  });
});
