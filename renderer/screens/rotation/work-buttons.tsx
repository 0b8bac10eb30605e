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
}

/** The next action of a piece of work, where it has one. */
export function WorkButtons(props: WorkButtonsProps) {
  const { work, acting, onContinue, onRevokeStrays, onGiveUp, onCopyOnce } = props;
  const strays = work.strays?.length ?? 0;
  const isBusy = acting.step !== 'idle';
  const continuing = acting.step === 'continuing';
  switch (phaseOf(work)) {
    case 'stopped':
      return (
        <div className={styles.buttons}>
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
          {strays === 0 && (
            <Button
              variant="quiet"
              onPress={onGiveUp}
              isPending={acting.step === 'giving-up'}
              isDisabled={isBusy && acting.step !== 'giving-up'}
            >
              Give up
            </Button>
          )}
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
      return onCopyOnce === null ? null : (
        <div className={styles.buttons}>
          <Button onPress={onCopyOnce}>Copy once</Button>
        </div>
      );
    case 'running':
    case 'undone':
    case 'failed':
      return null;
  }
}
