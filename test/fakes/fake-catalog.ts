import type { ConnectionFacts, ProviderCatalog } from '../../main/connections/connection-ports.ts';
import type { Option, Provider } from '../../main/providers/provider.ts';
import type { SecretFields } from '../../main/secrets/secret.ts';
import type { RecordSet } from '../../main/storage/records.ts';
import type { DefinitionRecord } from '../../shared/domain/definition-record.ts';
import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { ProviderSummary, Question } from '../../shared/domain/provider.ts';
import { sandboxProviderId } from '../../shared/domain/sandbox.ts';
import { done, fail, ok } from '../../shared/result.ts';

/**
 * A catalogue of three providers, `example`, the sandbox and one more that it plays, and of every definition in the
 * vault, that are one server underneath.
 */
export interface FakeCatalog extends ProviderCatalog {
  /** Every connection that was opened: where to, and with which token. */
  readonly opened: { readonly origin: string; readonly token: string | undefined }[];
  /** What every trial of a credential ends in from now on; null: it is accepted. */
  refuseCredential(reason: ProviderFailure | null): void;
  /** The next trial of a credential is answered when the promise is fulfilled. */
  delayTrial(until: Promise<void>): void;
  /** The id under which the list shows the management credential from now on, or why the provider does not tell. */
  ownKeyId: string | null | ProviderFailure;
  /** What may be chosen for the setting `region`, and as scopes. */
  readonly options: Option[];
}

/** The catalogue over a provider; `url` is the setting that says where it is. */
export function createFakeCatalog(
  provider: () => Provider,
  own: () => Pick<RecordSet<string, DefinitionRecord>, 'all'> | null = () => null,
): FakeCatalog {
  const time = { value: '0', label: 'Now' };
  const played = {
    ...summaryOf(`${sandboxProviderId}-example`, 'Example (sandbox)'),
    settings: [questionWith([time])],
  };
  const builtIn = [summaryOf('example', 'Example'), summaryOf(sandboxProviderId, 'Sandbox'), played];
  const opened: { origin: string; token: string | undefined }[] = [];
  const summaries = (): ProviderSummary[] => [
    ...builtIn,
    ...(own()?.all() ?? []).map(
      ({ id }): ProviderSummary => ({ ...summaryOf(id, `Own ${id}`), source: 'file' }),
    ),
  ];
  const summary = (id: string) => summaries().find((one) => one.id === id);
  let refused: ProviderFailure | null = null;
  let delay: Promise<void> | null = null;
  const unknown = (id: string) => fail(failure('definition-unknown', { provider: id }));

  const catalog: FakeCatalog = {
    opened,
    ownKeyId: null,
    options: [],
    refuseCredential(reason) {
      refused = reason;
    },
    delayTrial(until) {
      delay = until;
    },
    summaries,
    summary,
    builtIn: (id) => builtIn.find((one) => one.id === id),
    recognise: () => [],
    snippets: ({ providerId }) =>
      summary(providerId) === undefined ? unknown(providerId) : ok([{ language: 'curl', text: 'curl' }]),
    dashboardUrl: ({ providerId, settings }) =>
      summary(providerId) === undefined ? null : `https://example.com/${settings.account ?? 'all'}/keys`,
    namesPage: (providerId, url) => summary(providerId) !== undefined && url === 'https://example.com/plans',
    originsOf({ providerId, settings }) {
      if (summary(providerId) === undefined) return unknown(providerId);
      if (settings.url === undefined) return fail(failure('answer-needed', { questions: ['url'] }));
      return ok({ origin: new URL(settings.url).origin, origins: {} });
    },
    connect(connection: ConnectionFacts, credential: SecretFields) {
      if (summary(connection.providerId) === undefined) return unknown(connection.providerId);
      opened.push({ origin: connection.origin, token: credential.token?.reveal() });
      return ok({
        ...provider(),
        async checkCredential() {
          const until = delay;
          delay = null;
          await until;
          return refused === null ? done : fail(refused);
        },
        async ownKeyId() {
          const { ownKeyId } = catalog;
          return ownKeyId === null || typeof ownKeyId === 'string' ? ok(ownKeyId) : fail(ownKeyId);
        },
        options: async (setting) => ok(setting === 'region' ? catalog.options : []),
        scopes: async () => ok(catalog.options),
      });
    },
  };
  return catalog;
}

function questionWith(options: Question['options']): Question {
  return {
    name: 'time',
    label: 'Time',
    kind: 'choice',
    required: true,
    help: '',
    placeholder: '',
    options,
    suggested: false,
  };
}

function summaryOf(id: string, name: string): ProviderSummary {
  return {
    id,
    name,
    description: '',
    website: null,
    environments: ['test', 'live'],
    source: 'built-in',
    dashboard: null,
    preconditions: [],
    advice: [],
    recommendedDays: null,
    replacement: 'overlap',
    signs: false,
    settings: [],
    credential: [],
    askedAtCall: [],
    fields: [{ name: 'API_KEY', label: 'API key', secret: true, variable: 'EXAMPLE_API_KEY' }],
    creation: { nameMaxLength: 64, scopes: null, expiry: null, restrictions: [] },
    operations: ['create', 'list', 'check', 'revoke'],
  };
}
