import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { type PageFailure, words } from '../../text/errors.ts';
import { type StoppedWords, stoppedWork } from '../../text/stopped-work.ts';
import { isAboutTarget } from '../../text/targets.ts';
import { whatIsTrue } from '../../text/work.ts';
import styles from './key-screen.module.css';

export interface StoppedCalloutProps {
  readonly work: WorkView;
  readonly targets: KeyDetail['targets'];
  /** How they stand; null while that is being read. */
  readonly states: ReadonlyMap<TargetId, TargetState> | null;
  readonly isBusy: boolean;
  /** Shows the work, where its next step is. */
  readonly onShow: () => void;
  readonly onTryAgain: () => void;
  /** Goes on without the file that cannot be written. */
  readonly onKeepWithout: (target: Target) => void;
}

/** Why the key's work has stopped, and the next step. A file that stops it is mended, or left out, from here. */
export function StoppedCallout(props: StoppedCalloutProps) {
  const stopped = stoppedWork(props.work);
  if (stopped === null) return null;
  const { blocked } = props.work;
  return blocked !== null && isAboutTarget(blocked) ? (
    <StoppedAtFile {...props} failure={blocked} />
  ) : (
    <Stopped {...props} stopped={stopped} />
  );
}

function Stopped({ stopped, onShow }: StoppedCalloutProps & { readonly stopped: StoppedWords }) {
  return (
    <Callout
      tone="attention"
      title={stopped.title}
      action={<Button onPress={onShow}>{stopped.actionLabel}</Button>}
    >
      <p>{stopped.text}</p>
    </Callout>
  );
}

function StoppedAtFile(props: StoppedCalloutProps & { readonly failure: PageFailure }) {
  const { work, failure, targets, states, isBusy, onTryAgain, onKeepWithout } = props;
  const { title, body } = words(failure);
  // Of a rotation every file gets the new key, or it is undone: one that is left out would keep a key that ends.
  const target = work.kind === 'issue' ? stoppingTarget(failure, targets, states) : null;
  return (
    <Callout tone="attention" title={title}>
      <p>
        {body} {whatIsTrue(work)}
      </p>
      {target !== null && (
        <p id={target.id} className="mono">
          {target.file}
        </p>
      )}
      <div className={styles.next}>
        <Button isDisabled={isBusy} onPress={onTryAgain}>
          Try again
        </Button>
        {target !== null && (
          <Button isDisabled={isBusy} aria-describedby={target.id} onPress={() => onKeepWithout(target)}>
            Keep without this file
          </Button>
        )}
      </div>
    </Callout>
  );
}

/** The target that the failure is about: by its file, or as the first that could not get the variable. */
function stoppingTarget(
  failure: PageFailure,
  targets: readonly Target[],
  states: StoppedCalloutProps['states'],
): Target | null {
  if ('file' in failure) return targets.find(({ file }) => file === failure.file) ?? null;
  if (!('variable' in failure)) return null;
  const { variable } = failure;
  const named = targets.filter(({ variables }) => Object.values(variables).includes(variable));
  return named.find(({ id }) => states?.get(id)?.state !== 'in-step') ?? null;
}
