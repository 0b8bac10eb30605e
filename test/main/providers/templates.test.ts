import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asHeaderValue,
  asHostLabel,
  asIs,
  asPathSegment,
  expand,
  type InputValue,
  namesIn,
  parseTemplate,
} from '../../../main/providers/templates.ts';
import { renderValue } from '../../../main/providers/values.ts';

const inputs = (values: Record<string, InputValue>) => new Map(Object.entries(values));

describe('a template', () => {
  test.each([
    ['/keys/{id', 'has a "{" without a "}" after it'],
    ['/keys/id}', 'has a "}" without a "{" before it'],
    ['/keys/{}', 'names "", which is not a name'],
    ['/keys/{a b}', 'names "a b", which is not a name'],
    ['/keys/{{id}}', 'names "{id", which is not a name'],
    ['{a.b.c}', 'names "a.b.c", which is not a name'],
  ])('%s is refused: %s', (text, error) => {
    expect(parseTemplate(text)).toEqual({ ok: false, error });
  });

  test('tells its names', () => {
    expect(namesIn('/{setting.org}/keys/{id}')).toEqual(['setting.org', 'id']);
  });

  test.each([
    ['missing', {}],
    ['empty', { id: '' }],
    ['null', { id: null }],
    ['without items', { id: [] }],
  ])('cannot be filled in when a value is %s', (_what, values) => {
    expect(expand('/keys/{id}', inputs(values), asIs)).toEqual({
      ok: false,
      error: { fault: 'missing', name: 'id' },
    });
  });

  test('does not look into the values that it is filled with', () => {
    expect(expand('{a}-{b}', inputs({ a: '{b}', b: 'x' }), asIs)).toEqual({ ok: true, value: '{b}-x' });
  });
});

describe('in a path', () => {
  test('whatever the value, it stays one segment, and the server reads back the very value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (value) => {
        const path = expand('/v1/keys/{id}/rotate', inputs({ id: value }), asPathSegment);
        if (!path.ok) {
          expect(value === '.' || value === '..' || !value.isWellFormed()).toBe(true);
          return;
        }
        const url = new URL('https://api.example');
        url.pathname = path.value;
        expect([url.origin, url.search, url.hash]).toEqual(['https://api.example', '', '']);
        const segments = url.pathname.split('/');
        expect(segments).toHaveLength(5);
        expect([segments[1], segments[2], segments[4]]).toEqual(['v1', 'keys', 'rotate']);
        expect(decodeURIComponent(segments[3] ?? '')).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  test.each(['.', '..', '\ud800'])('%j is refused', (id) => {
    expect(expand('/keys/{id}', inputs({ id }), asPathSegment)).toEqual({
      ok: false,
      error: { fault: 'unusable', name: 'id' },
    });
  });

  test('every character beyond the unreserved is encoded', () => {
    expect(asPathSegment("a/b?c#d%e!'()*~-_.é")).toBe('a%2Fb%3Fc%23d%25e%21%27%28%29%2A~-_.%C3%A9');
  });
});

test('in a header no line can be begun', () => {
  for (const value of ['a\r\nx-admin: 1', 'a\nb', 'a\0b', 'ключ', '\u2028'])
    expect(asHeaderValue(value)).toBeNull();
  expect(asHeaderValue('token+/=_-.~ ok')).toBe('token+/=_-.~ ok');
});

test('in a host name no other domain can be reached', () => {
  for (const value of ['evil.example/', 'a.b', 'a@b', 'a:1', '-a', 'a#', ''])
    expect(asHostLabel(value)).toBeNull();
  expect(asHostLabel('eu-1')).toBe('eu-1');
});

describe('in a body', () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  const given = inputs({ 'request.scopes': ['a', 'b'], 'request.expiry': 30, 'request.name': 'web "1"' });
  test.each([
    [{ name: '{request.name}' }, { name: 'web "1"' }],
    [{ $value: 'request.scopes', as: 'list' }, ['a', 'b']],
    [{ $value: 'request.scopes', as: 'spaced' }, 'a b'],
    [{ $value: 'request.scopes', as: 'comma' }, 'a,b'],
    [{ $value: 'request.scopes', as: 'first' }, 'a'],
    [{ $value: 'request.scopes', as: 'objects', member: 'group' }, [{ group: 'a' }, { group: 'b' }]],
    [{ $value: 'request.expiry', as: 'days' }, 30],
    [{ $value: 'request.expiry', as: 'days-suffixed' }, '30d'],
    [{ $value: 'request.expiry', as: 'seconds' }, 2_592_000],
    [{ $value: 'request.expiry', as: 'rfc3339' }, '2026-03-31T00:00:00.000Z'],
    [{ $value: 'request.expiry', as: 'date' }, '2026-03-31'],
    [{ $value: 'request.expiry', as: 'unix-seconds' }, 1_774_915_200],
    [{ $value: 'request.expiry', as: 'unix-milliseconds' }, 1_774_915_200_000],
    [{ a: { $value: 'nothing', as: 'list' }, b: '{nothing}', c: 'x{nothing}', d: 1 }, { d: 1 }],
    [{ a: { $value: 'nothing', default: 'all' } }, { a: 'all' }],
    [
      { data: { type: 'key', list: [true, null, '{nothing}'] } },
      { data: { type: 'key', list: [true, null] } },
    ],
  ])('%j becomes %j', (template, value) => {
    expect(renderValue(template, given, now)).toEqual({ ok: true, value });
  });
});
