import { describe, expect, it } from 'vitest';
import type { DefinitionData } from '../../../main/providers/definition.ts';
import { createProviderCatalog } from '../../../main/providers/provider-catalog.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { DefinitionRecord } from '../../../shared/domain/definition-record.ts';
import { isUnknownProvider } from '../../../shared/domain/unknown-provider.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryRecords } from '../../fakes/memory-records.ts';
import { aDefinition } from './definition-for-tests.ts';

const credential = { token: new Secret('acme token') };
const facts = { providerId: 'acme', settings: {}, environment: 'test' } as const;
const acme = { origin: 'https://api.acme.example', origins: {} };

async function aWorld(...definitions: (DefinitionData | DefinitionRecord)[]) {
  const { definitions: own } = createMemoryRecords();
  const sent: string[] = [];
  let isOpen = true;
  const put = (definition: DefinitionData | DefinitionRecord) =>
    own.put(
      'json' in definition
        ? definition
        : { id: definition.id, json: JSON.stringify(definition), addedAt: 1, file: 'acme.json' },
    );
  for (const definition of definitions) await put(definition);
  const catalog = createProviderCatalog({
    clock: createFakeClock(0),
    own: () => (isOpen ? own : null),
    fetch: async (url) => {
      sent.push(String(url));
      return new Response('{"keys": []}', { headers: { 'content-type': 'application/json' } });
    },
  });
  return {
    catalog,
    own,
    put,
    sent,
    lock() {
      isOpen = false;
    },
    listed: (id: string) => catalog.summaries().filter((one) => one.id === id),
  };
}

describe('a definition of the user’s own', () => {
  it('is a provider like those that came with the app', async () => {
    const { catalog, listed, sent } = await aWorld(aDefinition());
    expect(listed('acme')).toMatchObject([{ name: 'Acme', source: 'file' }]);
    expect(catalog.summary('acme')).toEqual(listed('acme')[0]);
    expect(catalog.builtIn('acme')).toBeUndefined();
    expect(catalog.originsOf(facts, credential)).toEqual({ ok: true, value: acme });
    const provider = catalog.connect({ ...facts, ...acme }, credential);
    if (!provider.ok) throw new Error(provider.error.code);
    expect(await provider.value.checkCredential()).toEqual({ ok: true, value: undefined });
    expect(sent).toEqual(['https://api.acme.example/keys']);
  });

  it('stands beside every one that came with the app', async () => {
    const { catalog } = await aWorld();
    const before = catalog.summaries().map(({ id }) => id);
    const { catalog: withOwn } = await aWorld(aDefinition());
    expect(withOwn.summaries().map(({ id }) => id)).toEqual([...before, 'acme']);
    expect(before.length).toBeGreaterThan(10);
  });

  it('is there as long as the vault is open', async () => {
    const { catalog, lock, listed } = await aWorld(aDefinition());
    lock();
    expect(listed('acme')).toEqual([]);
    expect(catalog.summary('acme')).toBeUndefined();
    expect(catalog.connect({ ...facts, ...acme }, credential)).toMatchObject({
      error: { code: 'definition-unknown', provider: 'acme' },
    });
  });

  it('is the newer one as soon as it was replaced, and moves no connection to another host', async () => {
    const { catalog, put, sent } = await aWorld(aDefinition());
    await put(aDefinition({ hosts: { api: { kind: 'fixed', url: 'https://elsewhere.example' } } }));
    const moved = { origin: 'https://elsewhere.example', origins: {} };
    expect(catalog.originsOf(facts, credential)).toEqual({ ok: true, value: moved });
    const provider = catalog.connect({ ...facts, ...acme }, credential);
    expect(provider.ok && (await provider.value.checkCredential())).toMatchObject({
      ok: false,
      error: { code: 'provider-redirected' },
    });
    expect(sent).toEqual([]);
  });

  it('moves no connection’s login to another host when it was replaced', async () => {
    const authentication: DefinitionData['authentication'] = {
      kind: 'exchange',
      request: { method: 'POST', host: 'login', path: '/token' },
      token: '/token',
    };
    const withLoginAt = (url: string) =>
      aDefinition({
        hosts: { api: { kind: 'fixed', url: acme.origin }, login: { kind: 'fixed', url } },
        authentication,
      });
    const { catalog, put, sent } = await aWorld(withLoginAt('https://login.acme.example'));
    const origins = catalog.originsOf(facts, credential);
    expect(origins).toMatchObject({ value: { origins: { login: 'https://login.acme.example' } } });
    if (!origins.ok) throw new Error(origins.error.code);
    await put(withLoginAt('https://elsewhere.example'));
    const provider = catalog.connect({ ...facts, ...origins.value }, credential);
    expect(provider.ok && (await provider.value.checkCredential())).toEqual({
      ok: false,
      error: { code: 'provider-redirected', host: 'login.acme.example', to: 'https://elsewhere.example' },
    });
    const older = catalog.connect({ ...facts, ...acme }, credential);
    expect(older.ok && (await older.value.checkCredential())).toMatchObject({
      error: { code: 'provider-redirected' },
    });
    expect(sent).toEqual([]);
  });

  it('recognises keys, names its pages, and shows how a key is used', async () => {
    const [field] = aDefinition().fields;
    const { catalog } = await aWorld(
      aDefinition({
        fields: [{ ...(field as NonNullable<typeof field>), pattern: 'acme_[a-z]{8}' }],
        settings: [{ name: 'account', label: 'Account' }],
        dashboard: { url: 'https://acme.example/{setting.account}/keys', create: ['Click Create key.'] },
      }),
    );
    expect(catalog.recognise(new Secret('acme_abcdefgh'))).toEqual([
      { providerId: 'acme', field: 'API_KEY', environment: null },
    ]);
    expect(catalog.dashboardUrl({ providerId: 'acme', settings: { account: 'shop' } })).toBe(
      'https://acme.example/shop/keys',
    );
    expect(catalog.namesPage('acme', 'https://acme.example/')).toBe(true);
    expect(catalog.namesPage('acme', 'https://acme.example/other')).toBe(false);
    const snippets = catalog.snippets({ ...facts, ...acme }, { API_KEY: 'SHOP_KEY' });
    expect(snippets.ok && snippets.value.map(({ language }) => language)).toEqual([
      'curl',
      'javascript',
      'python',
    ]);
    expect(snippets.ok && snippets.value.every(({ text }) => text.includes('SHOP_KEY'))).toBe(true);
  });
});

const stored = (id: string, json: string): DefinitionRecord => ({ id, json, addedAt: 1, file: 'acme.json' });

describe('a definition that cannot be used', () => {
  const { authentication: _, ...incomplete } = aDefinition();
  it.each([
    ['is not whole any more', stored('acme', JSON.stringify(incomplete)), 'Acme'],
    [
      'is under another id than its own',
      stored('acme', JSON.stringify(aDefinition({ id: 'other' }))),
      'Acme',
    ],
    ['is no JSON', stored('acme', '{'), 'acme'],
    ['has no name', stored('acme', '{"name": 5}'), 'acme'],
    [
      'passes for a part of the sandbox',
      stored('sandbox-x', JSON.stringify(aDefinition({ id: 'sandbox-x' }))),
      'Acme',
    ],
    [
      'has an id that came with the app',
      stored('gitlab', JSON.stringify(aDefinition({ id: 'gitlab' }))),
      'Acme',
    ],
  ])('because it %s is listed so that it can be removed, and calls nobody', async (_why, record, name) => {
    const { catalog, listed, sent } = await aWorld(record);
    const [only, ...others] = listed(record.id);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ name, source: 'file', operations: [] });
    expect(only && isUnknownProvider(only)).toBe(true);
    expect(catalog.summary(record.id)).toBeUndefined();
    const unknown = { ok: false, error: { code: 'definition-unknown', provider: record.id } };
    const wanted = { ...facts, providerId: record.id };
    expect(catalog.originsOf(wanted, credential)).toEqual(unknown);
    expect(catalog.connect({ ...wanted, ...acme }, credential)).toEqual(unknown);
    expect(catalog.snippets({ ...wanted, ...acme }, {})).toEqual(unknown);
    expect(catalog.dashboardUrl(wanted)).toBeNull();
    expect(catalog.namesPage(record.id, 'https://acme.example/')).toBe(false);
    expect(sent).toEqual([]);
  });

  it('gives its id back to the one that came with the app when it is removed', async () => {
    const { catalog, own } = await aWorld(stored('gitlab', JSON.stringify(aDefinition({ id: 'gitlab' }))));
    expect(catalog.builtIn('gitlab')?.name).toBe('GitLab');
    await own.remove('gitlab');
    expect(catalog.summary('gitlab')?.source).toBe('built-in');
  });
});

it('tells of every provider that came with the app that it did, and knows it', async () => {
  const { catalog } = await aWorld();
  for (const summary of catalog.summaries()) {
    expect(summary.source).toBe('built-in');
    expect(isUnknownProvider(summary)).toBe(false);
  }
});
