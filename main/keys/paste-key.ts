import { type Failure, failure } from '../../shared/domain/failure.ts';
import type { Provider } from '../providers/provider.ts';
import { describeFields } from './describe-fields.ts';
import { findListed } from './find-listed.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { blocked, failed, moved, type Run, type StepOutcome } from './work-step.ts';

/** `creating`, where the user makes the key: the work waits until they have pasted it. */
export async function takePastedKey(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const { pasted } = run;
  if (pasted === null) return blocked(failure('key-needed', { provider: provider.name }));
  run.pasted = null;
  const listed = await findListed(ports, provider, work.newKey.connectionId, pasted);
  ports.unstored.set(work.newKey.id, pasted);
  return moved(
    { step: 'created' },
    {
      ...work.newKey,
      providerKeyId: listed?.providerKeyId ?? null,
      label: listed?.name ?? work.newKey.label,
      fields: describeFields(pasted, ports.fingerprint),
      issuedAt: listed?.createdAt ?? ports.clock.now(),
    },
  );
}

/** A key that was to be taken in cannot be stored: it is forgotten here, and left alone at its provider. */
export async function giveUpUnstored(
  ports: KeyPorts,
  work: ObtainingWork,
  reason: Failure,
): Promise<StepOutcome> {
  ports.unstored.delete(work.newKey.id);
  return failed(reason);
}
