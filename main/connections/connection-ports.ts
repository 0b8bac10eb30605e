import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import type { Failure, ProviderFailure } from '../../shared/domain/failure.ts';
import type { ProviderSummary } from '../../shared/domain/provider.ts';
import type { Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';

/** What is needed of a connection to call its provider. */
export type ConnectionFacts = Pick<ConnectionRecord, 'providerId' | 'settings' | 'environment' | 'origin'>;

/** Every provider that the app knows, and the way to each. */
export interface ProviderCatalog {
  summaries(): readonly ProviderSummary[];
  summary(providerId: string): ProviderSummary | undefined;
  /** The scheme, host and port that a connection with these answers talks to. */
  originOf(
    connection: Omit<ConnectionFacts, 'origin'>,
    credential: SecretFields,
  ): Result<string, ProviderFailure>;
  /** The provider, ready to be called, and pinned to the connection's origin. */
  connect(
    connection: ConnectionFacts,
    credential: SecretFields,
  ): Result<Provider, Failure<'operation-missing'>>;
}
