import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { catalog } from '../../main/providers/catalog/catalog.ts';
import type { Definition } from '../../main/providers/definition.ts';
import { originOf } from '../../main/providers/hosts.ts';
import { loadDefinition } from '../../main/providers/load-definition.ts';
import { at } from '../../main/providers/pointers.ts';
import { connectProvider } from '../../main/providers/provider-client.ts';
import type { Fetch } from '../../main/providers/transport.ts';
import { Secret, type SecretFields } from '../../main/secrets/secret.ts';
import { isPlayedBySandbox } from '../../shared/domain/sandbox.ts';
import { fill, twoPages } from './mock-answers.ts';
import { unknownNames } from './names.ts';
import { startVendor, type Vendor } from './vendor.ts';
import { undescribed, type VendorFacts, vendors } from './vendors.ts';

/*
 * Every definition of the catalogue against a mock that was made from its vendor's OpenAPI description and refuses
 * what the description does not allow. The descriptions are not part of the project: OPENAPI_DIR says where they are.
 */
const folder = path.resolve(process.env.OPENAPI_DIR ?? '.');
const descriptionFiles = readdirSync(folder).filter((name) => /\.(json|ya?ml)$/.test(name));

const filesOf = ({ descriptions }: VendorFacts) =>
  descriptions.flatMap((start) => descriptionFiles.filter((name) => name.startsWith(start)));

const secrets = (values: Readonly<Record<string, string>>): SecretFields =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)]));

const named = (questions: readonly { readonly name: string }[]) =>
  Object.fromEntries(questions.map(({ name }) => [name, `some-${name}`]));

/** The client of a definition, whose requests go to the vendor's stand-in instead of the vendor. */
function connect(definition: Definition, facts: VendorFacts, vendor: Vendor) {
  const settings = facts.settings ?? {};
  const credential = secrets({ ...named(definition.credential), ...facts.credential });
  const environment = definition.environments[0] ?? 'live';
  const origin = originOf(definition, { settings, credential, environment });
  if (!origin.ok) throw new Error(`${definition.id} has no address: ${JSON.stringify(origin.error)}`);
  const toVendor: Fetch = (url, init) => {
    const { pathname, search } = new URL(url);
    return fetch(`${vendor.origin}${pathname}${search}`, init);
  };
  return connectProvider({
    definition,
    settings,
    credential,
    environment,
    origin: origin.value,
    fetch: toVendor,
    clock: () => Date.parse('2026-03-01T12:00:00Z'),
    sleep: async () => undefined,
  });
}

/** Everything that may be asked for of a key. */
function everything({ creation }: Definition, facts: VendorFacts) {
  const offers = (kind: 'ips' | 'referrers' | 'endpoints') => creation.restrictions?.includes(kind) === true;
  return {
    scopes: facts.scopes ?? creation.scopes?.options.map(({ value }) => value) ?? null,
    expiresInDays: creation.expiry === undefined ? null : 30,
    restrictions: {
      ips: offers('ips') ? ['192.0.2.0/24'] : [],
      referrers: offers('referrers') ? ['https://example.com'] : [],
      endpoints: offers('endpoints') ? ['/v1'] : [],
    },
  };
}

const nothing = {
  scopes: null,
  expiresInDays: null,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};

test('every definition has a description to be held against, and every description its definition', () => {
  const ids = catalog()
    .map(({ id }) => id)
    .filter((id) => !isPlayedBySandbox(id));
  expect(Object.keys({ ...vendors, ...undescribed }).sort()).toEqual(ids.sort());
  expect(Object.keys(vendors).filter((id) => Object.hasOwn(undescribed, id))).toEqual([]);
  expect(Object.entries(vendors).filter(([, facts]) => filesOf(facts).length === 0)).toEqual([]);
  const used = new Set(Object.values(vendors).flatMap(filesOf));
  expect(descriptionFiles.filter((name) => !used.has(name))).toEqual([]);
});

describe.each(
  catalog().flatMap((definition) => {
    const facts = vendors[definition.id];
    return facts === undefined ? [] : [{ id: definition.id, definition, facts }];
  }),
)("$id: the vendor's description allows", ({ definition, facts }) => {
  const { operations, settings, creation } = definition;
  const files = filesOf(facts).map((name) => path.join(folder, name));
  const descriptions = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const isDescribed = (operation: string) => facts.undescribed?.includes(operation) !== true;
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor(files);
  });
  afterAll(() => vendor.stop());
  beforeEach(() => {
    vendor.judged.splice(0);
    vendor.rewrite = (body) => body;
  });

  /** Every request that was sent is one that the description knows and allows. */
  function expectAllowed(requests: number): void {
    expect(vendor.judged).toHaveLength(requests);
    for (const request of vendor.judged) {
      expect(request).toMatchObject({ described: true, violations: [] });
      const unknown = unknownNames(request, descriptions).filter((name) => !facts.unnamed?.includes(name));
      expect(unknown, `${request.method} ${request.url}`).toEqual([]);
    }
  }

  test.skipIf(operations.create === undefined).each([
    ['with all that can be asked for', everything(definition, facts)],
    ['with nothing special', { ...nothing, scopes: facts.scopes ?? null }],
  ])('a new key %s', async (_title, request) => {
    const provider = connect(definition, facts, vendor);
    vendor.rewrite = (body) => fill(body, facts.filled?.create);
    const made = await provider.create('Keyturn conformance', request, secrets(facts.answers ?? {}));
    expectAllowed(1);
    expect(made).toMatchObject({ ok: true, value: { providerKeyId: expect.stringMatching(/./) } });
    expect(Object.keys(made.ok ? made.value.fields : {})).toEqual(definition.fields.map(({ name }) => name));
  });

  test.skipIf(operations.list === undefined)('the list, to its last page', async () => {
    const { list } = operations;
    if (list === undefined) return;
    const provider = connect(definition, facts, vendor);
    const inTwo = twoPages(list, facts.nextLink);
    let answered = 0;
    vendor.rewrite = (body) => {
      const page = inTwo(fill(body, facts.filled?.listed, list.response.items));
      answered += (at(page, list.response.items) as readonly unknown[]).length;
      return page;
    };
    const listed = await provider.list(secrets(facts.answers ?? {}));
    expectAllowed(list.pager.kind === 'none' ? 1 : 2);
    expect(listed).toMatchObject({ ok: true });
    const keys = listed.ok ? listed.value : [];
    expect(keys.length).toBeGreaterThan(0);
    expect(keys).toHaveLength(answered);
    if (list.response.name !== undefined) expect(keys.every(({ name }) => name !== '')).toBe(true);
    if (list.response.createdAt !== undefined)
      expect(keys.some(({ createdAt }) => createdAt !== null)).toBe(true);
  });

  test.skipIf(operations.check === undefined)('a check', async () => {
    const provider = connect(definition, facts, vendor);
    const checked = await provider.check(secrets(named(definition.fields)));
    if (!isDescribed('check')) {
      expect(vendor.judged).toMatchObject([{ described: false }]);
      return;
    }
    expectAllowed(1);
    expect(checked).toEqual({ ok: true, value: { outcome: 'valid' } });
  });

  test('a look at the management credential', async () => {
    expect(await connect(definition, facts, vendor).checkCredential()).toMatchObject({ ok: true });
    expectAllowed(1);
  });

  test.skipIf(operations.revoke === undefined)('a revocation', async () => {
    const provider = connect(definition, facts, vendor);
    const revoked = await provider.revoke(facts.keyId ?? 'key-id', secrets(facts.answers ?? {}));
    expectAllowed(1);
    expect(revoked).toMatchObject({ ok: true });
  });

  test.skipIf(operations.rotate === undefined).each([30, null])(
    'a rotation of its own, for %j days',
    async (days) => {
      const provider = connect(definition, facts, vendor);
      const wish = { expiresInDays: days, graceSeconds: 0 };
      const rotated = await provider.rotate(facts.keyId ?? 'key-id', wish, {});
      expectAllowed(1);
      expect(rotated).toMatchObject({ ok: true });
    },
  );

  test.each(settings.filter(({ optionsFrom }) => optionsFrom !== undefined))(
    'a look at what may be chosen for $name',
    async ({ name }) => {
      const options = await connect(definition, facts, vendor).options(name);
      expectAllowed(1);
      expect(options.ok ? options.value.length : 0).toBeGreaterThan(0);
    },
  );

  test.skipIf(creation.scopes?.optionsFrom === undefined)('a look at what a key may be allowed', async () => {
    const scopes = await connect(definition, facts, vendor).scopes();
    expectAllowed(1);
    expect(scopes.ok ? scopes.value.length : 0).toBeGreaterThan(0);
  });

  test.skipIf(operations.probe?.ownKeyId === undefined)(
    'a look at which listed key the credential is',
    async () => {
      vendor.rewrite = (body) => fill(body, facts.filled?.own);
      const own = await connect(definition, facts, vendor).ownKeyId();
      expectAllowed(1);
      expect(own).toEqual({ ok: true, value: expect.stringMatching(/./) });
    },
  );
});

describe('what a description does not allow is noticed', () => {
  const resend = catalog().find(({ id }) => id === 'resend');
  const facts = vendors.resend;
  let vendor: Vendor;
  beforeAll(async () => {
    vendor = await startVendor(
      facts === undefined ? [] : filesOf(facts).map((name) => path.join(folder, name)),
    );
  });
  afterAll(() => vendor.stop());
  beforeEach(() => void vendor.judged.splice(0));

  async function createWith(change: (definition: Record<string, unknown>) => void): Promise<void> {
    const changed = structuredClone(resend) as unknown as Record<string, unknown>;
    change(changed);
    const loaded = loadDefinition(changed);
    if (!loaded.ok || facts === undefined) throw new Error('The changed definition does not load.');
    await connect(loaded.value, facts, vendor).create('a', nothing, {});
  }
  const createIn = (definition: Record<string, unknown>) =>
    (definition.operations as { create: { path: string; body: { value: Record<string, unknown> } } }).create;

  test('a body without what is required', async () => {
    await createWith((definition) => void delete createIn(definition).body.value.name);
    expect(vendor.judged).toMatchObject([{ violations: [expect.stringContaining("'name'")] }]);
  });

  test('a path that is not there', async () => {
    await createWith((definition) => {
      createIn(definition).path = '/v2/api-keys';
    });
    expect(vendor.judged).toMatchObject([{ described: false }]);
  });

  test('a request that does not say who is calling', async () => {
    await createWith((definition) => {
      definition.authentication = { kind: 'none' };
    });
    expect(vendor.judged[0]?.violations).not.toEqual([]);
  });

  test('a misspelt member', async () => {
    await createWith((definition) => {
      createIn(definition).body.value.permision = 'full_access';
    });
    const [file = ''] = facts === undefined ? [] : filesOf(facts);
    const [request] = vendor.judged;
    if (request === undefined) throw new Error('Nothing was sent.');
    expect(unknownNames(request, readFileSync(path.join(folder, file), 'utf8'))).toEqual(['permision']);
  });
});
