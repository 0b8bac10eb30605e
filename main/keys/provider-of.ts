import type { ConnectionId } from '../../shared/domain/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import type { Run } from './work-step.ts';

/** The provider for this run of work: opened once, so that its credential is read once. */
export async function providerOf(
  ports: KeyPorts,
  connectionId: ConnectionId,
  run: Run,
): Promise<Result<Provider, OpenProviderFailure>> {
  if (run.provider !== null) return ok(run.provider);
  const opened = await ports.openProvider(connectionId);
  if (opened.ok) run.provider = opened.value;
  return opened;
}
