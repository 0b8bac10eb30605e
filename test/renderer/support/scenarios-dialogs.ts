import type { ActivityEntry } from '../../../shared/domain/activity.ts';
import type { ListedKey, ProviderSummary } from '../../../shared/domain/provider.ts';
import { unknownProvider } from '../../../shared/domain/unknown-provider.ts';
import type { VaultStatus } from '../../../shared/domain/vault.ts';
import type {
  ConnectionView,
  DefinitionPreview,
  Standing,
} from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../shared/ipc/define.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import {
  connectionId,
  createFakeMain,
  type FakeFacts,
  type FakeMain,
  keyDetail,
  keyId,
  keyRow,
  target,
  targetState,
  work,
  workId,
} from './fake-bridge.ts';

const dayMs = 86_400_000;

/** A provider that asks and offers everything that a definition can. */
export const fullProvider: ProviderSummary = {
  id: 'registry',
  name: 'Package registry',
  description: 'Tokens that publish and install packages.',
  website: null,
  environments: ['live', 'test'],
  source: 'built-in',
  dashboard: null,
  preconditions: [],
  advice: [],
  recommendedDays: null,
  replacement: 'overlap',
  signs: false,
  settings: [
    {
      name: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      required: true,
      help: 'Where the API is.',
      placeholder: 'https://registry.example.com',
      options: [],
      suggested: false,
    },
    {
      name: 'plan',
      label: 'Plan',
      kind: 'choice',
      required: true,
      help: '',
      placeholder: '',
      options: [
        { value: 'team', label: 'Team' },
        { value: 'solo', label: 'Solo' },
      ],
      suggested: false,
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Management token',
      kind: 'secret',
      required: true,
      help: 'With the right to manage tokens.',
      placeholder: '',
      options: [],
      suggested: false,
    },
  ],
  askedAtCall: [
    {
      name: 'password',
      label: 'Account password',
      kind: 'secret',
      required: true,
      help: '',
      placeholder: '',
      options: [],
      suggested: false,
      at: ['create', 'list', 'revoke', 'rotate'],
    },
    {
      name: 'otp',
      label: 'One-time code',
      kind: 'secret',
      required: false,
      help: '',
      placeholder: '',
      options: [],
      suggested: false,
      at: ['create', 'list', 'revoke', 'rotate'],
    },
  ],
  fields: [
    { name: 'user', label: 'User id', secret: false, variable: 'REGISTRY_USER' },
    { name: 'key', label: 'Token', secret: true, variable: 'REGISTRY_TOKEN' },
  ],
  creation: {
    nameMaxLength: 64,
    scopes: {
      options: [
        { value: 'read', label: 'Read packages' },
        { value: 'publish', label: 'Publish packages' },
        { value: 'admin', label: 'Manage the organisation' },
      ],
      whenOmitted: 'The token may do everything that you may.',
      suggested: false,
    },
    expiry: { maxDays: 365, whenOmitted: 'It never expires.' },
    restrictions: ['ips', 'referrers'],
  },
  operations: ['create', 'list', 'check', 'revoke'],
};

/** A provider that can list what one of its settings can be. */
export const suggestingProvider: ProviderSummary = {
  ...fullProvider,
  id: 'models',
  name: 'Model host',
  description: 'Keys of one project at a host of language models.',
  askedAtCall: [],
  settings: [
    {
      name: 'project',
      label: 'Project',
      kind: 'text',
      required: true,
      help: 'The project that keys belong to.',
      placeholder: 'proj_…',
      options: [],
      suggested: true,
    },
  ],
  credential: [
    {
      name: 'token',
      label: 'Admin key',
      kind: 'secret',
      required: true,
      help: '',
      placeholder: '',
      options: [],
      suggested: false,
    },
  ],
};

/** A provider whose keys are made in its dashboard, for accounts with a plan. */
export const handmadeProvider: ProviderSummary = {
  ...fullProvider,
  id: 'handmade',
  name: 'Handmade',
  description: 'Keys for maps and routes.',
  operations: ['check'],
  replacement: 'by-hand',
  settings: [],
  credential: [],
  askedAtCall: [],
  dashboard: {
    url: 'https://handmade.example.com/keys',
    create: ['Open “API keys”.', 'Press “New key”.', 'Copy the key.'],
    revoke: ['Open “API keys”.', 'Press “Delete” beside the key.'],
  },
  preconditions: [
    { text: 'An account on the Pro plan or in its trial.', url: 'https://handmade.example.com/plans' },
  ],
  advice: ['Use one key for each service.'],
  recommendedDays: 30,
};

/** What main tells of a definition in a file. */
export const definitionPreview: DefinitionPreview = {
  id: 'parcelway',
  name: 'Parcelway',
  description: 'Keys for labels and tracking.',
  website: 'https://parcelway.example',
  environments: ['live', 'test'],
  hosts: [
    { name: 'api', address: 'https://api.parcelway.example' },
    { name: 'own', address: 'what is answered to “Address”' },
  ],
  calls: [
    { purpose: 'Make a key', method: 'POST', address: 'https://api.parcelway.example/v1/keys' },
    { purpose: 'List keys', method: 'GET', address: 'https://api.parcelway.example/v1/keys' },
    {
      purpose: 'Revoke a key',
      method: 'DELETE',
      address: 'https://api.parcelway.example/v1/keys/{key.id}',
    },
  ],
  fields: [
    { label: 'API key', variable: 'PARCELWAY_API_KEY', secret: true },
    { label: 'Account', variable: 'PARCELWAY_ACCOUNT', secret: false },
  ],
  replaces: null,
  digest: 'd1',
};

/** An account at that provider. */
export const fullConnection: ConnectionView = {
  id: connectionId(40),
  providerId: 'registry',
  name: 'Acme registry',
  environment: 'live',
  settings: { baseUrl: 'https://registry.example.com' },
  origin: 'https://registry.example.com',
  policy: {},
  createdAt: Date.now() - 60 * dayMs,
  checkedAt: Date.now() - dayMs,
  health: 'well',
  dashboardUrl: null,
  provider: fullProvider,
  keys: 4,
  sandbox: false,
};

/** A new key of two fields, with its one time still open. */
export function newKey(facts: Partial<KeyDetail> = {}): KeyDetail {
  const row = keyRow(3, {
    name: 'Shop checkout',
    provider: 'Package registry',
    environment: 'live',
    unsealed: true,
  });
  return keyDetail(row, {
    connectionId: fullConnection.id,
    fields: [
      { name: 'user', label: 'User id', secret: false, lastFour: 'u831', variable: 'REGISTRY_USER' },
      { name: 'key', label: 'Token', secret: true, lastFour: '9fQz', variable: 'REGISTRY_TOKEN' },
    ],
    targets: [target(1, { variables: { key: 'REGISTRY_TOKEN' } })],
    copyOnce: { sealed: false, shown: false, copiedFields: [] },
    ...facts,
  });
}

/** The value that no state, log or element may hold once it is hidden. */
export const canary = 'rt_live_canary7Kd02mVw55xLpQ19fQz';

/** A main that keeps count of the one time as the real one does. */
export function copyOnceMain(
  facts: Partial<KeyDetail> = {},
  overrides: Partial<Handlers<KeyturnContract>> = {},
): FakeMain {
  let detail = newKey(facts);
  const spend = (change: Partial<KeyDetail['copyOnce']>) => {
    detail = { ...detail, copyOnce: { ...detail.copyOnce, ...change } };
  };
  return createFakeMain({
    overrides: {
      'connections.list': () => ok({ connections: [fullConnection] }),
      'keys.get': () => ok(detail),
      'keys.reveal': ({ purpose, field }) => {
        const { copyOnce } = detail;
        if (copyOnce.sealed) return fail({ code: 'already-sealed' } as never);
        if (purpose === 'show') {
          if (copyOnce.shown) return fail({ code: 'already-shown' } as never);
          spend({ shown: true });
        } else {
          spend({ copiedFields: [...copyOnce.copiedFields, field ?? ''] });
        }
        const fields = [
          { name: 'user', value: 'user-u831' },
          { name: 'key', value: canary },
        ];
        return ok({ fields: field === null ? fields : fields.filter(({ name }) => name === field) });
      },
      'keys.copy': ({ field }) => {
        spend({ copiedFields: [...detail.copyOnce.copiedFields, field] });
        return ok({ by: 'main', clearsAfterSeconds: 45, concealed: true });
      },
      'keys.seal': () => {
        spend({ sealed: true });
        return ok({});
      },
      ...overrides,
    },
  });
}

const entry = (
  daysAgo: number,
  event: ActivityEntry['event'],
  subject: string,
  detail = '',
): ActivityEntry => ({
  at: Date.now() - daysAgo * dayMs - 3_600_000,
  event,
  keyId: event.startsWith('connection') ? null : keyId(2),
  connectionId: null,
  subject,
  detail,
});

const entries: readonly ActivityEntry[] = [
  entry(0, 'target-written', 'Shop checkout', '/home/mira/code/shop/.env'),
  entry(0, 'key-copied', 'Shop checkout', 'Token'),
  entry(0, 'key-issued', 'Shop checkout'),
  entry(1, 'work-blocked', 'Billing worker', 'provider-throttled'),
  entry(1, 'rotation-started', 'Billing worker'),
  entry(4, 'outcome-unknown', 'CI token', 'provider-unreachable'),
  entry(4, 'stray-revoked', 'CI token'),
  entry(12, 'key-checked', 'Webhooks', 'refused'),
  entry(40, 'connection-added', 'Acme registry'),
  entry(40, 'vault-created', 'Vault'),
];

const rotating = work({ keyId: keyId(2), name: 'transactional mail' });
const stopped = work({
  id: workId(3),
  name: 'billing worker',
  blocked: { code: 'file-unwritable', file: '/srv/deploy/env/billing.env', reason: 'permission denied' },
  steps: [
    { name: 'create', state: 'done' },
    { name: 'store', state: 'done' },
    { name: 'verify', state: 'done' },
    { name: 'deliver', state: 'stopped' },
    { name: 'grace', state: 'waiting' },
    { name: 'revoke', state: 'waiting' },
  ],
});
const unknown = work({
  id: workId(4),
  kind: 'issue',
  name: 'CI token',
  outcomeUnknown: true,
  strays: ['CI token kt-0000001a'],
  steps: [
    { name: 'create', state: 'stopped' },
    { name: 'store', state: 'waiting' },
    { name: 'deliver', state: 'waiting' },
  ],
});
/** A rotation whose new key is in place and whose old key has an hour left. */
export const inGrace: WorkView = work({
  id: workId(5),
  keyId: keyId(2),
  newKeyId: keyId(3),
  name: 'transactional mail',
  graceUntil: Date.now() + 3_600_000,
  steps: [
    { name: 'create', state: 'done' },
    { name: 'store', state: 'done' },
    { name: 'verify', state: 'done' },
    { name: 'deliver', state: 'done' },
    { name: 'grace', state: 'running' },
    { name: 'revoke', state: 'waiting' },
  ],
});

const vault = (facts: Partial<VaultStatus>): VaultStatus => ({
  store: 'keychain',
  lockedBy: null,
  backend: 'GNOME Keyring (Secret Service)',
  vault: { state: 'locked' },
  ...facts,
});

const named = (id: string, name: string, description: string): ProviderSummary => ({
  ...fullProvider,
  id,
  name,
  description,
});
const catalog: readonly ProviderSummary[] = [
  fullProvider,
  named('mail', 'Mailway', 'Keys that send mail, limited to what they may send.'),
  named('model', 'Model host', 'Keys for language models, with a spending limit.'),
  named('pay', 'Payments', 'Secret and publishable keys of a payment gateway.'),
  named('edge', 'Edge cloud', 'Tokens for zones, workers and storage.'),
  named('sandbox', 'Sandbox', 'Keys that open nothing, for trying everything out.'),
  named('sandbox-shop', 'Shop (sandbox)', 'A shop as the sandbox plays it. Its keys open nothing.'),
  { ...named('parcelway', 'Parcelway', 'Keys for labels and tracking.'), source: 'file' },
  suggestingProvider,
  handmadeProvider,
];

const listed = (providerKeyId: string, facts: Partial<ListedKey> = {}): ListedKey => ({
  providerKeyId,
  name: '',
  masked: `rt_…${providerKeyId.slice(-3)}`,
  createdAt: Date.now() - 400 * dayMs,
  lastUsedAt: Date.now() - 90 * dayMs,
  active: true,
  ...facts,
});

/** A key of each standing, as main answers them: what needs a look first. */
export const standings: readonly Standing[] = [
  { standing: 'stray', listed: listed('tok_41c', { name: 'old laptop' }), keyId: null, name: 'old laptop' },
  {
    standing: 'stray',
    listed: listed('tok_9a0', { createdAt: null, lastUsedAt: null }),
    keyId: null,
    name: 'tok_9a0',
  },
  { standing: 'vanished', listed: null, keyId: keyId(5), name: 'search index' },
  {
    standing: 'in-step',
    listed: listed('tok_7de', {
      name: 'transactional mail kt-0000001a',
      createdAt: Date.now() - 30 * dayMs,
      lastUsedAt: Date.now() - 7_200_000,
    }),
    keyId: keyId(2),
    name: 'transactional mail',
  },
  {
    standing: 'ended',
    listed: listed('tok_b02', { name: 'ci of last year', active: false }),
    keyId: null,
    name: 'ci of last year',
  },
  {
    standing: 'own',
    listed: listed('tok_0mt', { name: 'keyturn', lastUsedAt: Date.now() - 5_000 }),
    keyId: null,
    name: 'keyturn',
  },
];

const listing: Partial<Handlers<KeyturnContract>> = {
  'connections.list': () =>
    ok({
      connections: [
        fullConnection,
        {
          ...fullConnection,
          id: connectionId(41),
          name: 'Sandbox payments',
          environment: 'test',
          health: 'refused',
          sandbox: true,
          origin: 'http://127.0.0.1:40123',
          dashboardUrl: 'https://payments.example.com/keys',
          provider: { ...fullProvider, id: 'payments', name: 'Payments', askedAtCall: [] },
        },
        {
          ...fullConnection,
          id: connectionId(42),
          providerId: 'shipping',
          name: 'Shipping',
          environment: 'test',
          origin: 'https://api.shipping.example',
          provider: unknownProvider('shipping', ['test']),
        },
      ],
    }),
  'providers.catalog': () => ok({ providers: [...catalog] }),
  'connections.compare': () => ok({ keys: [...standings] }),
  'connections.suggest': () =>
    ok({
      options: [
        { value: 'proj_7f31', label: 'Shop' },
        { value: 'proj_90ab', label: 'Warehouse' },
      ],
    }),
  'providers.preview': () => ok(definitionPreview),
  'providers.open': () => ok({ by: 'main' }),
  'connections.remove': () => fail({ code: 'connection-in-use', keys: 4 }),
  'connections.add': () =>
    fail({ code: 'credential-rejected', host: 'registry.example.com', message: 'token expired' }),
  'activity.page': ({ before }) =>
    ok({ entries: before === null ? [...entries] : [], more: before === null }),
  'work.list': () => ok({ works: [rotating, stopped, unknown] }),
  'keys.get': ({ id }) =>
    ok(
      keyDetail(keyRow(Number.parseInt(id.slice(4), 36)), { connectionId: fullConnection.id, workId: null }),
    ),
};

/** What the fake main is like, by the name in the address: `?scenario=grace`. */
export const scenarios: Readonly<Record<string, () => FakeMain>> = {
  everything: () => createFakeMain({ keys: 60, overrides: listing }),
  calm: () => createFakeMain({ keys: 60, overrides: { ...listing, 'work.list': () => ok({ works: [] }) } }),
  'many-strays': () =>
    createFakeMain({
      overrides: {
        ...listing,
        'connections.compare': () =>
          ok({
            keys: Array.from({ length: 500 }, (_, index) => ({
              standing: index < 480 ? ('stray' as const) : ('ended' as const),
              keyId: null,
              name: `ci job ${index}`,
              listed: listed(`tok_${index}`, { name: `ci job ${index}`, active: index < 480 }),
            })),
          }),
      },
    }),
  'definition-faulty': () =>
    createFakeMain({
      overrides: {
        ...listing,
        'providers.preview': ({ file }) =>
          fail({
            code: 'definition-faulty',
            file,
            faults: [
              { at: 'hosts.api.base', message: 'must begin with https://, or with http:// on this computer' },
              { at: 'operations.create.response.secret', message: 'Unrecognized key: "secret"' },
              {
                at: 'operations.create.response.fields',
                message: 'does not say where the field "API_KEY" stands',
              },
            ],
          }),
      },
    }),
  nothing: () => createFakeMain({ keys: 0 }),
  'copy-once': () => copyOnceMain(),
  'copy-once-spent': () => copyOnceMain({ copyOnce: { sealed: false, shown: true, copiedFields: ['key'] } }),
  throttled: () =>
    createFakeMain({
      keys: 12,
      overrides: {
        ...listing,
        'keys.issue': () =>
          fail({ code: 'provider-throttled', host: 'registry.example.com', retryAfterSeconds: 30 }),
      },
    }),
  'rotated-in-grace': () =>
    createFakeMain({
      keys: 12,
      overrides: {
        ...listing,
        'work.list': () => ok({ works: [inGrace] }),
        'keys.rotate': () => ok({ workId: workId(5), newKeyId: keyId(3) }),
      },
    }),
  'revoke-live': () =>
    createFakeMain({
      keys: 12,
      overrides: {
        ...listing,
        'keys.targetStates': () =>
          ok({
            targets: [targetState(0, 'in-step'), targetState(1, 'unreadable', { detail: 'file-unreadable' })],
          }),
        'keys.get': () =>
          ok(
            keyDetail(keyRow(3, { environment: 'live', name: 'Shop checkout', targets: 2 }), {
              connectionId: fullConnection.id,
            }),
          ),
      },
    }),
  'unset-absent': () =>
    gate({
      store: null,
      vault: { state: 'unset', keychain: 'absent', detail: 'No service answers at org.freedesktop.secrets' },
    }),
  'unset-present': () => gate({ store: null, vault: { state: 'unset', keychain: 'present', detail: '' } }),
  'locked-passphrase': () =>
    gate({ store: 'sealed-files', lockedBy: 'passphrase', vault: { state: 'locked' } }),
  'locked-keychain': () => gate({}),
  foreign: () => gate({ vault: { state: 'foreign' } }),
  damaged: () => gate({ vault: { state: 'damaged', detail: 'records/keys-3.json: unexpected end' } }),
  opening: () => gate({ vault: { state: 'opening' } }),
};

function gate(facts: Partial<VaultStatus>): FakeMain {
  const start: FakeFacts = {
    vault: vault(facts),
    overrides: {
      'vault.unlock': () => fail({ code: 'passphrase-wrong' } as never),
      'vault.retry': () => fail({ code: 'keychain-locked' } as never),
    },
  };
  return createFakeMain(start);
}
