import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { Failure, ProviderFailure } from '../../shared/domain/failure.ts';
import type { Environment } from '../../shared/domain/key.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';

/** What is needed of a connection to call its provider. */
export type ConnectionFacts = Pick<
  ConnectionRecord,
  'providerId' | 'settings' | 'environment' | 'origin' | 'origins'
>;

/** Where a connection may send anything: to the host `api`, and to the definition's other hosts by their names. */
export type Origins = Pick<ConnectionRecord, 'origin' | 'origins'>;

/** A provider that a value may be a key of, by its form. */
export interface Candidate {
  readonly providerId: string;
  readonly field: string;
  /** The environment that the form tells, if it does. */
  readonly environment: Environment | null;
}

/** A request with a key in one language; names variables and never a value. */
export interface Snippet {
  readonly language: 'curl' | 'javascript' | 'python';
  readonly text: string;
}

/** Every provider that the app knows, and the way to each. */
export interface ProviderCatalog {
  /** Which providers a value may be a key of, by its form alone. */
  recognise(value: Secret): readonly Candidate[];
  /** How a key of the connection is used; `variables` names the variable of each field. */
  snippets(
    connection: ConnectionFacts,
    variables: Readonly<Record<string, string>>,
  ): Result<readonly Snippet[], Failure<'definition-unknown'>>;
  /** The provider's page for keys, for this connection; null where its definition names none. */
  dashboardUrl(connection: Pick<ConnectionFacts, 'providerId' | 'settings'>): string | null;
  /** Whether the provider's definition names the page, so that it may be opened. */
  namesPage(providerId: string, url: string): boolean;
  /** Every provider; a definition of the user's own that cannot be used is among them as `isUnknownProvider` tells. */
  summaries(): readonly ProviderSummary[];
  /** What may be known of a provider; undefined where no usable definition describes it. */
  summary(providerId: string): ProviderSummary | undefined;
  /** The provider that came with the app under this id; no definition of the user's own takes its place. */
  builtIn(providerId: string): ProviderSummary | undefined;
  /** The schemes, hosts and ports that a connection with these answers talks to. */
  originsOf(
    connection: Omit<ConnectionFacts, keyof Origins>,
    credential: SecretFields,
  ): Result<Origins, ProviderFailure>;
  /** The provider, ready to be called, and pinned to the connection's origins. */
  connect(
    connection: ConnectionFacts,
    credential: SecretFields,
  ): Result<Provider, Failure<'definition-unknown'>>;
}
