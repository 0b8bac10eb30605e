import { describe, expect, test } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { loadDefinition } from '../../../main/providers/load-definition.ts';
import { dashboardUrlOf, pagesOf } from '../../../main/providers/pages.ts';
import { definitionOf } from './world.ts';

const steps = { create: ['Make one.'], revoke: ['Revoke it.'] };
const settings: DefinitionData['settings'] = [
  { name: 'url', label: 'Address', kind: 'url' },
  { name: 'account', label: 'Account' },
];
const at = (url: string) => definitionOf({ settings, dashboard: { url, ...steps } });

describe('the page for keys', () => {
  test.each([
    ['https://example.com/keys', {}, 'https://example.com/keys'],
    [
      'https://example.com/{setting.account}/keys?of={setting.account}',
      { account: 'a/b&c' },
      'https://example.com/a%2Fb%26c/keys?of=a%2Fb%26c',
    ],
    ['https://{setting.account}.example.com/', { account: 'acme' }, 'https://acme.example.com/'],
    ['{setting.url}/-/keys', { url: 'https://git.example:8443/sub/' }, 'https://git.example:8443/sub/-/keys'],
    ['{setting.url}', { url: 'http://127.0.0.1:1234' }, 'http://127.0.0.1:1234/'],
  ])('%s with %j is %s', (url, given, page) => {
    expect(dashboardUrlOf(at(url), given)).toBe(page);
  });

  test.each([
    ['https://example.com/{setting.account}', {}],
    ['https://{setting.account}.example.com/', { account: 'evil.example/' }],
    ['https://{setting.account}.example.com/', { account: 'user@evil.example' }],
    ['{setting.url}/keys', {}],
    ['{setting.url}/keys', { url: 'http://git.example' }],
    ['{setting.url}/keys', { url: 'javascript:alert(1)//' }],
    ['{setting.url}/{setting.account}', { url: 'https://git.example', account: '..' }],
  ])('%s with %j is none', (url, given) => {
    expect(dashboardUrlOf(at(url), given)).toBeNull();
  });

  test.each([
    ['http://example.com', 'must begin with https://'],
    ['javascript:alert(1)', 'must begin with https://'],
    ['{setting.account}/keys', 'must begin with https://'],
    ['{setting.url}.evil.example/keys', 'must go on with "/"'],
    ['{setting.url}{setting.account}', 'must go on with "/"'],
    ['https://{credential.token}.example.com', 'which is no setting'],
    ['https://user:pass@example.com/', 'user name or password'],
    ['https://{setting.account', 'without a "}"'],
  ])('%s is refused when the definition is loaded: %s', (url, message) => {
    const loaded = loadDefinition({ ...definitionOf({ settings }), dashboard: { url, ...steps } });
    expect(loaded.ok ? [] : loaded.error).toEqual([
      { at: 'dashboard.url', message: expect.stringContaining(message) },
    ]);
  });
});

test('the pages of a provider are its site, its dashboard, and where its preconditions are met', () => {
  const definition = definitionOf({
    settings,
    website: 'https://example.com',
    preconditions: [{ text: 'A plan.', url: 'https://example.com/plans' }, { text: 'A verified address.' }],
    dashboard: { url: '{setting.url}/keys', ...steps },
  });
  expect(pagesOf(definition)).toEqual(['https://example.com', 'https://example.com/plans']);
  expect(pagesOf(definition, { url: 'https://own.example' })).toContain('https://own.example/keys');
});
