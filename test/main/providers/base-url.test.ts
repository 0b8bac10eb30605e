import { describe, expect, test } from 'vitest';
import { parseBaseUrl } from '../../../main/providers/base-url.ts';
import { hostIssues, originOf } from '../../../main/providers/hosts.ts';
import { definitionOf, secrets } from './world.ts';

describe('an address that a user typed', () => {
  test.each([
    ['https://registry.example.com', 'https://registry.example.com/'],
    ['  https://Registry.Example.com:443/  ', 'https://registry.example.com/'],
    ['https://git.example.com/api/v4/', 'https://git.example.com/api/v4'],
    ['https://git.example.com//', 'https://git.example.com/'],
    ['https://bücher.example', 'https://xn--bcher-kva.example/'],
    ['http://localhost:4873', 'http://localhost:4873/'],
    ['http://127.0.0.1:4873/', 'http://127.0.0.1:4873/'],
    ['http://[::1]:4873', 'http://[::1]:4873/'],
    ['http://127.1:80', 'http://127.0.0.1/'],
  ])('%s is taken as %s', (typed, href) => {
    const parsed = parseBaseUrl(typed);
    expect(parsed.ok && parsed.value.href).toBe(href);
  });

  test.each([
    ['', 'empty'],
    ['registry.example.com', 'no-scheme'],
    ['localhost:4873', 'no-scheme'],
    ['https:registry', 'no-scheme'],
    ['https://', 'not-an-address'],
    ['https://a b.example', 'not-an-address'],
    ['https://a.example\\@b.example', 'not-an-address'],
    ['ftp://a.example', 'wrong-scheme'],
    ['file:///etc/passwd', 'wrong-scheme'],
    ['https://user:pass@a.example', 'credentials'],
    ['https://user@a.example', 'credentials'],
    ['https://a.example/?token=1', 'query'],
    ['https://a.example/#x', 'query'],
    ['https://a.example?', 'query'],
    ['http://a.example', 'insecure'],
    ['http://192.168.1.1', 'insecure'],
    ['http://localhost.example', 'insecure'],
    ['http://127.0.0.1.example', 'insecure'],
    ['http://[::2]', 'insecure'],
  ])('%s is refused: %s', (typed, reason) => {
    const parsed = parseBaseUrl(typed);
    expect(parsed).toMatchObject({ ok: false, error: { reason } });
    expect(!parsed.ok && parsed.error.message).toMatch(/^[A-Z].+\.$/);
  });
});

describe('the origin of a new connection', () => {
  const facts = { environment: 'test' as const, settings: {}, credential: secrets({ token: 'sk_live_1' }) };
  const setting = (name: string) => ({ name, label: name });
  test.each([
    [{ kind: 'fixed', url: 'https://api.example/v1' }, {}, 'https://api.example'],
    [
      { kind: 'by-environment', test: 'https://test.example', live: 'https://live.example' },
      {},
      'https://test.example',
    ],
    [
      { kind: 'choice', setting: 'region', urls: { eu: 'https://eu.example', us: 'https://us.example' } },
      { region: 'eu' },
      'https://eu.example',
    ],
    [{ kind: 'asked', setting: 'url' }, { url: 'http://127.0.0.1:4000/x' }, 'http://127.0.0.1:4000'],
    [
      { kind: 'template', url: 'https://{setting.app}.example.net/{setting.app}' },
      { app: 'shop-1' },
      'https://shop-1.example.net',
    ],
    [
      {
        kind: 'by-prefix',
        credential: 'token',
        urls: { sk_test_: 'https://test.example', sk_live_: 'https://live.example' },
      },
      {},
      'https://live.example',
    ],
  ] as const)('%j', (api, settings, origin) => {
    const definition = definitionOf({
      hosts: { api },
      settings: [setting('region'), setting('url'), setting('app')],
    });
    expect(originOf(definition, { ...facts, settings })).toEqual({ ok: true, value: origin });
  });

  test.each([
    [
      { kind: 'choice', setting: 'region', urls: { eu: 'https://eu.example' } },
      { region: 'constructor' },
      'region',
    ],
    [{ kind: 'asked', setting: 'url' }, {}, 'url'],
    [{ kind: 'asked', setting: 'url' }, { url: 'example' }, 'url'],
    [{ kind: 'template', url: 'https://{setting.app}.example.net' }, { app: 'evil.example/' }, 'app'],
    [{ kind: 'by-prefix', credential: 'token', urls: { other_: 'https://test.example' } }, {}, 'token'],
  ] as const)('%j with %j asks for what it needs', (api, settings, question) => {
    const definition = definitionOf({
      hosts: { api },
      settings: [setting('region'), setting('url'), setting('app')],
    });
    expect(originOf(definition, { ...facts, settings })).toEqual({
      ok: false,
      error: { code: 'answer-needed', questions: [question] },
    });
  });

  test('is refused without TLS', () => {
    expect(originOf(definitionOf(), { ...facts, settings: { url: 'http://a.example' } })).toEqual({
      ok: false,
      error: { code: 'provider-insecure', host: 'a.example' },
    });
  });
});

describe('a host name with settings in it', () => {
  const settings = ['url', 'app', 'region'].map((name) => ({ name, label: name }));
  const issuesWith = (url: string) =>
    hostIssues({ ...definitionOf({ settings }), hosts: { api: { kind: 'template', url } } });

  test.each([
    'https://{setting.app}.example.net',
    'https://{setting.app}.{setting.region}.example.net/v1',
    'https://api.{setting.region}.example.co.uk:8443/{setting.app}',
    'https://example.net/{setting.app}',
    'http://127.0.0.1:4000/{setting.app}',
  ])('may be %s', (url) => {
    expect(issuesWith(url)).toEqual([]);
  });

  test.each([
    ['https://{setting.app}', 'lets a setting choose the domain'],
    ['https://{setting.app}.net', 'lets a setting choose the domain'],
    ['https://example.{setting.app}', 'lets a setting choose the domain'],
    ['https://api.{setting.app}.net/v1', 'lets a setting choose the domain'],
    ['https://api.my{setting.app}.net', 'lets a setting choose the domain'],
    ['https://{setting.app}.net.', 'lets a setting choose the domain'],
    ['https://{setting.app}.net。', 'lets a setting choose the domain'],
    ['https://{setting.app}.net.%2e', 'lets a setting choose the domain'],
    ['https://{setting.app}%2Enet', 'lets a setting choose the domain'],
    ['https://{setting.app}.{setting.region}', 'lets a setting choose the domain'],
    ['https://{setting.app}.localhost', 'lets a setting choose the domain'],
    ['https://api-{setting.region}.example.net', 'lets a setting fill a part of a label'],
    ['https://{setting.app}{setting.region}.example.net', 'lets a setting fill a part of a label'],
    ['https://example.net:{setting.app}/', 'This is not an address'],
    ['https://{setting.app}@example.net/', 'must not contain a user name'],
    ['https://{setting.app}.0.0.1', 'This is not an address'],
  ])('is refused when the definition is loaded where it is %s', (url, message) => {
    expect(issuesWith(url)).toEqual([{ at: 'hosts.api.url', message: expect.stringContaining(message) }]);
  });
});
