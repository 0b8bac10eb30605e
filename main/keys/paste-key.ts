import { isDeepStrictEqual } from 'node:util';
import { type Failure, type FailureCode, failure } from '../../shared/domain/failure.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Provider } from '../providers/provider.ts';
import type { SecretFields } from '../secrets/secret.ts';
import { describeFields } from './describe-fields.ts';
import { findListed } from './find-listed.ts';
import type { KeyPorts } from './key-ports.ts';
import type { ObtainingWork } from './obtain-key.ts';
import { withoutBlanks } from './pasted-key.ts';
import { valueInFile } from './value-in-file.ts';
import { blocked, failed, moved, type Run, type StepOutcome } from './work-step.ts';

/**
 * `creating`, where the user makes the key: the work waits until they have pasted it. One that was to be taken from a
 * file is read there again.
 */
export async function takePastedKey(
  ports: KeyPorts,
  provider: Provider,
  work: ObtainingWork,
  run: Run,
): Promise<StepOutcome> {
  const brought = run.pasted === null ? await takeFromFile(ports, provider, work) : ok(run.pasted);
  if (!brought.ok) return blocked(brought.error);
  const pasted = brought.value;
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

/**
 * The new key as the file has it that it was to be taken from. Where the one that was looked at then is not there any
 * more, the work waits for it like for any key that the user makes.
 */
async function takeFromFile(
  ports: KeyPorts,
  provider: Provider,
  { keyId, newKey, takenFrom }: ObtainingWork,
): Promise<Result<SecretFields, Failure>> {
  const needed = fail(failure('key-needed', { provider: provider.name }));
  const oldKey = ports.records.keys.get(keyId);
  const target = newKey.targets.find(({ id }) => id === takenFrom);
  if (target === undefined || oldKey === undefined) return needed;
  const found = await valueInFile(ports, oldKey, target, () => true);
  if (!found.ok) return lostCodes.includes(found.error.code) ? needed : found;
  const value = withoutBlanks(found.value);
  const isSame = isDeepStrictEqual(describeFields(value, ports.fingerprint), newKey.fields);
  return isSame ? ok(value) : needed;
}

/** What says for certain that the value is not in the file. */
const lostCodes: readonly FailureCode[] = ['field-missing', 'file-gone', 'folder-gone'];

/** A key that was to be taken in cannot be stored: it is forgotten here, and left alone at its provider. */
export async function giveUpUnstored(
  ports: KeyPorts,
  work: ObtainingWork,
  reason: Failure,
): Promise<StepOutcome> {
  ports.unstored.delete(work.newKey.id);
  return failed(reason);
}
