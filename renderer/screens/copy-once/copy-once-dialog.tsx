import { useEffect, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { UnreadyDialog } from '../../components/unready.tsx';
import styles from './copy-once.module.css';
import { CopyOnce } from './copy-once.tsx';
import { useCopyOnce } from './use-copy-once.ts';

export interface CopyOnceDialogProps {
  readonly keyId: KeyId;
  /** The key is sealed, or there is nothing left to see. */
  readonly onClose: () => void;
}

/**
 * The one time of a new key. Nothing but **Done** ends it: Escape and a click outside point to **Done** instead,
 * and whoever reloads or quits finds it again with what is left of it.
 */
export function CopyOnceDialog({ keyId, onClose }: CopyOnceDialogProps) {
  const state = useCopyOnce(keyId, onClose);
  const isOpen = state.state === 'open';
  const { done, isHinted } = useWayOut(isOpen);

  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyDialog title="New key" onClose={onClose} of={state} />;
    case 'sealed':
      return (
        <Dialog
          title={state.detail.name}
          isOpen
          onClose={onClose}
          footer={
            <Button variant="primary" onPress={onClose}>
              Close
            </Button>
          }
        >
          <Callout tone="info" title="The key is sealed">
            Its one time of being seen or copied is over. It is stored, and can be written to files or
            rotated.
          </Callout>
        </Dialog>
      );
    case 'open':
      return (
        <Dialog
          title={state.detail.name}
          description={
            <>
              <EnvironmentBadge environment={state.detail.environment} /> Your new key from{' '}
              {state.detail.provider} is stored. This is the one time to see or copy it.
            </>
          }
          isOpen
          onClose={null}
          footer={
            <>
              <p className={styles.hint} role="status">
                {isHinted &&
                  'Nothing is lost. Press Done when you have what you need; the key is sealed then.'}
              </p>
              <span ref={done} className={styles.done} data-hinted={isHinted || undefined}>
                <Button variant="primary" onPress={state.seal} isPending={state.doing === 'seal'}>
                  Done
                </Button>
              </span>
            </>
          }
        >
          <CopyOnce {...state} />
        </Dialog>
      );
    default:
      return assertNever(state);
  }
}

/** Whether an event happens in what lies on top of the dialog, such as a list to choose from: neither in it nor around it. */
const isOnTop = (target: EventTarget | null, dialog: Element | null | undefined): boolean =>
  target instanceof Node && dialog != null && !dialog.contains(target) && !target.contains(dialog);

/** Turns Escape and a click outside into a look at **Done**. */
function useWayOut(isOpen: boolean) {
  const done = useRef<HTMLSpanElement>(null);
  const [isHinted, setHinted] = useState(false);

  useEffect(() => {
    if (!isOpen) return;
    const point = () => {
      setHinted(true);
      done.current?.querySelector('button')?.focus();
    };
    const dialog = () => done.current?.closest('[role="dialog"]');
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isOnTop(event.target, dialog())) point();
    };
    const onPointer = (event: PointerEvent) => {
      const { target } = event;
      if (target instanceof Node && !dialog()?.contains(target) && !isOnTop(target, dialog())) point();
    };
    document.addEventListener('keydown', onKey, true);
    // After the press has moved the focus wherever it wanted.
    document.addEventListener('pointerup', onPointer, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('pointerup', onPointer, true);
    };
  }, [isOpen]);

  return { done, isHinted };
}
