import { Undo2 } from 'lucide-react';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { phaseOf } from '../../text/work.ts';
import styles from './rotation.module.css';

/** What the user has asked of a piece of work, and what came of it. */
export type Acting =
  | { readonly step: 'idle'; readonly failure: PageFailure | null }
  | { readonly step: 'continuing' }
  | { readonly step: 'revoking' }
  | { readonly step: 'giving-up' };

export interface WorkButtonsProps {
  readonly work: WorkView;
  readonly acting: Acting;
  readonly onContinue: () => void;
  readonly onRevokeStrays: () => void;
  readonly onGiveUp: () => void;
  readonly onCopyOnce: (() => void) | null;
  /** Asks whether the old key is to be put back; null where it cannot be any more. */
  readonly onUndo: (() => void) | null;
}

/** The next action of a piece of work, where it has one. */
export function WorkButtons(props: WorkButtonsProps) {
  const { work, acting, onContinue, onRevokeStrays, onGiveUp, onCopyOnce, onUndo } = props;
  const strays = work.strays?.length ?? 0;
  const isBusy = acting.step !== 'idle';
  const continuing = acting.step === 'continuing';
  const undo = onUndo !== null && (
    <Button variant="quiet" icon={Undo2} onPress={onUndo} isDisabled={isBusy}>
      Undo
    </Button>
  );
  const giveUp = (
    <Button
      variant="quiet"
      onPress={onGiveUp}
      isPending={acting.step === 'giving-up'}
      isDisabled={isBusy && acting.step !== 'giving-up'}
    >
      Give up
    </Button>
  );
  switch (phaseOf(work)) {
    case 'stopped':
      return (
        <div className={styles.buttons}>
          {undo}
          {hasNothingToGoBackTo(work) && giveUp}
          <Button
            variant="primary"
            onPress={onContinue}
            isPending={continuing}
            isDisabled={isBusy && !continuing}
          >
            Continue
          </Button>
        </div>
      );
    case 'unknown':
      return (
        <div className={styles.buttons}>
          {strays === 0 && giveUp}
          <Button onPress={onContinue} isPending={continuing} isDisabled={isBusy && !continuing}>
            Look again
          </Button>
          {strays > 0 && (
            <Button
              variant="danger"
              onPress={onRevokeStrays}
              isPending={acting.step === 'revoking'}
              isDisabled={continuing}
            >
              {strays === 1 ? 'Revoke the stray' : `Revoke the ${strays} strays`}
            </Button>
          )}
        </div>
      );
    case 'grace':
    case 'done':
      return onCopyOnce === null && onUndo === null ? null : (
        <div className={styles.buttons}>
          {undo}
          {onCopyOnce !== null && <Button onPress={onCopyOnce}>Copy once</Button>}
        </div>
      );
    case 'running':
      return onUndo === null ? null : <div className={styles.buttons}>{undo}</div>;
    case 'undone':
    case 'failed':
      return null;
  }
}

/** The old key is dead and the new one is refused: continuing may never help. */
function hasNothingToGoBackTo(work: WorkView): boolean {
  const [first] = work.steps;
  return work.blocked?.code === 'key-not-verified' && (work.origin === 'rotated' || first?.name === 'revoke');
}
