import { type Failure, failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import type { KeyId, TargetId } from '../../shared/domain/ids.ts';
import type { Grace } from '../../shared/domain/work.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { rehearseTargets } from './deliver-key.ts';
import { describeFields } from './describe-fields.ts';
import type { KeyPorts } from './key-ports.ts';
import { examinePasted } from './pasted-key.ts';
import { providerOf } from './provider-of.ts';
import type { BegunRotation } from './request-rotation.ts';
import { planRotation } from './rotate-key.ts';
import { askWhetherAccepted } from './take-in-key.ts';
import { valueInFile } from './value-in-file.ts';
import { freshRun, type Works } from './works.ts';
import { writableKey } from './writable-key.ts';

/** Which target's value the user takes for the new one, and how the old key is to end. */
export interface TakeValueWish {
  readonly targetId: TargetId;
  readonly grace: Grace;
  /** The key's name, where a live key is in a file that Git tracks or goes into one. */
  readonly confirmName: string;
  /** Takes a value that does not look like a key of the provider. */
  readonly anyForm: boolean;
  /** Which of the key's fields are secret: one of them at least must be in the file. */
  readonly isSecret: (field: string) => boolean;
}

/**
 * Takes what a target's file holds for the key's new value: a rotation whose new key the user has made. What is local is
 * looked at first; a value that its provider refuses, or cannot be asked about just now, leaves everything as it was.
 * Answers when the intent is durable. The value is the user's own: no undoing revokes it.
 */
export async function takeValue(
  ports: KeyPorts,
  works: Works,
  id: KeyId,
  wish: TakeValueWish,
): Promise<Result<BegunRotation, Failure>> {
  const run = freshRun({});
  const look = async () => {
    const key = writableKey(ports, works, id);
    if (!key.ok) return key;
    if (works.ofKey(id) !== undefined) return fail(failure('work-running'));
    const target = key.value.targets.find((one) => one.id === wish.targetId);
    if (target === undefined) return fail(failure('key-unknown'));
    const planned = await planRotation(
      ports,
      key.value,
      {
        grace: wish.grace,
        oldDiesNow: false,
        takenFrom: target.id,
        mayBeTracked: wish.confirmName === key.value.name,
      },
      run,
    );
    return planned.ok ? ok({ key: key.value, target, work: planned.value }) : planned;
  };
  const looked = await look();
  if (!looked.ok) return looked;
  const { key, target } = looked.value;
  const found = await valueInFile(ports, key, target, wish.isSecret);
  if (!found.ok) return found;
  const provider = await providerOf(ports, key.connectionId, run);
  if (!provider.ok) return provider;
  const value = examinePasted(ports, provider.value, found.value, wish.anyForm);
  if (!value.ok) return value;
  const others = looked.value.work.newKey.targets.filter(({ id }) => id !== target.id);
  const writable = await rehearseTargets(ports, others, value.value);
  if (!writable.ok) return writable;
  const accepted: Result<void, ProviderFailure | Failure<'key-refused'>> = await askWhetherAccepted(
    provider.value,
    value.value,
  );
  if (!accepted.ok) return accepted;

  // Planned once more: the key may have got another target, or an end, while its provider was asked.
  const planned = await look();
  if (!planned.ok) return planned;
  run.pasted = value.value;
  const fields = describeFields(value.value, ports.fingerprint);
  const work = { ...planned.value.work, newKey: { ...planned.value.work.newKey, fields } };
  const started = await works.start(work, run);
  return started.ok ? ok({ work, ended: started.value.ended }) : started;
}
