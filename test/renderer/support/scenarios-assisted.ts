import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { Handlers } from '../../../shared/ipc/define.ts';
import { ok } from '../../../shared/result.ts';
import {
  connectionId,
  createFakeMain,
  type FakeMain,
  keyDetail,
  keyId,
  keyRow,
  providerSummary,
  work,
  workId,
} from './fake-bridge.ts';
import { fullConnection, fullProvider } from './scenarios-dialogs.ts';

const dayMs = 86_400_000;

/** A provider whose keys are pairs, made and revoked in its dashboard; it can be asked about a key. */
export const assistedProvider: ProviderSummary = providerSummary({
  id: 'parcelway',
  name: 'Parcelway',
  description: 'Labels and tracking of parcels.',
  dashboard: {
    url: 'https://app.parcelway.example/settings/keys',
    create: ['Open Settings, then API keys.', 'Press Create key and name it.', 'Copy both parts at once.'],
    revoke: ['Open Settings, then API keys.', 'Press Delete beside the key.'],
  },
  preconditions: [{ text: 'A plan with API access.', url: 'https://app.parcelway.example/plans' }],
  advice: ['Keep the key on a server.'],
  recommendedDays: 30,
  replacement: 'by-hand',
  fields: [
    { name: 'id', label: 'Key id', secret: false, variable: 'PARCELWAY_KEY_ID' },
    { name: 'secret', label: 'Key secret', secret: true, variable: 'PARCELWAY_KEY_SECRET' },
  ],
  operations: ['check'],
});

/** A provider of one field that needs nothing to connect to. */
export const plainProvider: ProviderSummary = providerSummary({
  id: 'mapler',
  name: 'Mapler',
  replacement: 'by-hand',
  operations: [],
});

/** A provider that replaces a key by itself, at once. */
export const atOnceProvider: ProviderSummary = providerSummary({
  id: 'signet',
  name: 'Signet',
  replacement: 'at-once',
  signs: true,
  operations: ['check', 'rotate', 'revoke'],
  askedAtCall: [
    {
      name: 'otp',
      label: 'One-time code',
      kind: 'secret',
      required: true,
      help: '',
      placeholder: '',
      options: [],
      suggested: false,
      at: ['rotate'],
    },
  ],
});

const at = (
  index: number,
  provider: ProviderSummary,
  facts: Partial<ConnectionView> = {},
): ConnectionView => ({
  ...fullConnection,
  id: connectionId(index),
  providerId: provider.id,
  name: `${provider.name} account`,
  environment: 'test',
  settings: {},
  provider,
  dashboardUrl: provider.dashboard?.url ?? null,
  ...facts,
});

export const assistedConnection = at(50, assistedProvider);
export const atOnceConnection = at(51, atOnceProvider);

/** A rotation that waits for the key that the user makes. */
export const waitsForKey = work({
  id: workId(7),
  origin: 'by-hand',
  keyId: keyId(2),
  name: 'Shop labels',
  provider: 'Parcelway',
  blocked: { code: 'key-needed', provider: 'Parcelway' },
  steps: [
    { name: 'create', state: 'stopped' },
    { name: 'store', state: 'waiting' },
    { name: 'verify', state: 'waiting' },
    { name: 'deliver', state: 'waiting' },
    { name: 'grace', state: 'waiting' },
    { name: 'revoke', state: 'waiting' },
  ],
});

/** A rotation that waits until the user has revoked the old key. */
export const waitsForRevocation = work({
  ...waitsForKey,
  id: workId(8),
  newKeyId: keyId(3),
  blocked: { code: 'revocation-needed', provider: 'Parcelway' },
  steps: waitsForKey.steps.map(({ name }) => ({ name, state: name === 'revoke' ? 'stopped' : 'done' })),
});

/** A main whose keys are of `connection`. */
export function mainAt(
  connection: ConnectionView,
  overrides: Partial<Handlers<KeyturnContract>> = {},
): FakeMain {
  const { provider } = connection;
  return createFakeMain({
    overrides: {
      'connections.list': () => ok({ connections: [connection, fullConnection] }),
      'providers.catalog': () =>
        ok({ providers: [assistedProvider, plainProvider, atOnceProvider, fullProvider] }),
      'providers.open': () => ok({ by: 'main' }),
      'keys.get': ({ id }) =>
        ok(
          keyDetail(
            keyRow(Number.parseInt(id.slice(4), 36), {
              name: 'Shop labels',
              connectionId: connection.id,
              providerId: provider.id,
              provider: provider.name,
              environment: connection.environment,
              targets: 1,
              unsealed: false,
            }),
            {
              fields: provider.fields.map((field) => ({ ...field, lastFour: '9fQz' })),
              issuedAt: Date.now() - 20 * dayMs,
              workId: null,
            },
          ),
        ),
      'keys.recognise': ({ value }) =>
        ok({
          candidates: [
            ...(value.startsWith('pw_')
              ? [{ providerId: 'parcelway', field: 'secret', environment: null }]
              : []),
            ...(value.startsWith('rt_')
              ? [{ providerId: 'registry', field: 'key', environment: 'live' as const }]
              : []),
            ...(value.startsWith('sk_')
              ? ['mapler', 'signet'].map((providerId) => ({ providerId, field: 'key', environment: null }))
              : []),
          ],
          known: value === 'pw_known' ? { id: keyId(4), name: 'Old labels' } : null,
        }),
      ...overrides,
    },
  });
}

/** What the fake main is like, by the name in the address: `?scenario=by-hand`. */
export const assistedScenarios: Readonly<Record<string, () => FakeMain>> = {
  'by-hand': () =>
    mainAt(assistedConnection, {
      'work.list': () => ok({ works: [waitsForKey, waitsForRevocation] }),
      'keys.takeIn': () => ({ ok: false, error: { code: 'key-form-unusual', field: 'secret' } }) as never,
    }),
  'at-once': () =>
    mainAt(atOnceConnection, {
      'keys.signedSample': () =>
        ok({
          text: 'curl https://api.signet.example/v1/me \\\n  -H "X-Key-Id: 7Kd0" \\\n  -H "X-Signature: t=1795241549,v1=5f0c"',
        }),
      'keys.check': () => ok({ outcome: 'refused', why: 'not-accepted', message: '401 Unauthorized' }),
    }),
};
