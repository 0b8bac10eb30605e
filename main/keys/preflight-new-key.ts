import type { ConnectionRecord } from '../../shared/domain/connection.ts';
import { type ChosenTargetFailure, type Failure, failure } from '../../shared/domain/failure.ts';
import type { ConnectionId } from '../../shared/domain/ids.ts';
import type { KeyRecord, Target } from '../../shared/domain/key.ts';
import type { ParsedNewTarget } from '../../shared/ipc/keys.contract.ts';
import { done, fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import { guardChosen } from './choose-targets.ts';
import { preflightTargets } from './deliver-key.ts';
import type { KeyPorts, OpenProviderFailure } from './key-ports.ts';
import { newTarget } from './new-target.ts';
import type { Run } from './work-step.ts';

/** What every new key is asked for with, wherever it comes from. */
export interface NewKeyWish {
  readonly connectionId: ConnectionId;
  readonly name: string;
  readonly policy: KeyRecord['policy'];
  readonly targets: readonly ParsedNewTarget[];
}

/** What a new key will be made with. */
export interface NewKeyBasis {
  readonly connection: ConnectionRecord;
  readonly provider: Provider;
  readonly targets: Target[];
}

export type NewKeyRefusal =
  | OpenProviderFailure
  | ChosenTargetFailure
  | Failure<'connection-unknown' | 'name-taken'>;

/**
 * Looks at everything local that a new key needs: its name is free, its files can be written, and its provider's
 * credential can be read. Nothing has been written and no provider asked when it answers. `writes`: whether the key is
 * to be written to its targets; otherwise they hold it already.
 */
export async function preflightNewKey(
  ports: KeyPorts,
  wanted: NewKeyWish,
  run: Run,
  writes = true,
): Promise<Result<NewKeyBasis, NewKeyRefusal>> {
  const connection = ports.records.connections.get(wanted.connectionId);
  if (connection === undefined) return fail(failure('connection-unknown'));
  if (isNameTaken(ports, wanted.connectionId, wanted.name))
    return fail(failure('name-taken', { name: wanted.name }));
  const chosen = wanted.targets.map((target) => ({ ...target, file: ports.envFiles.pathOf(target.file) }));
  const targets = chosen.map((target) => newTarget(ports.ids.target(), target, wanted.name));
  const writable = writes ? await preflightTargets(ports, connection.environment, targets) : done;
  if (!writable.ok) return writable;
  const free = writes ? await guardChosen(ports, chosen, null) : done;
  if (!free.ok) return free;
  const provider = await ports.openProvider(wanted.connectionId);
  if (!provider.ok) return provider;
  run.provider = provider.value;
  return ok({ connection, provider: provider.value, targets });
}

/** Whether a living key of the connection has the name, or one that is being made. */
function isNameTaken(ports: KeyPorts, connectionId: ConnectionId, name: string): boolean {
  const beingMade = ports.journal.unfinished().flatMap((work) => work.newKey ?? []);
  return [...ports.records.keys.all(), ...beingMade].some(
    (key) => key.connectionId === connectionId && key.name === name && key.revokedAt === null,
  );
}
