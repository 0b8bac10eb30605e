import { useState } from 'react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { TargetRemark } from '../../../shared/domain/work.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import { openDialog } from '../../app-state.ts';
import { ConfirmTrackedDialog } from './confirm-tracked-dialog.tsx';
import { TakeValueDialog } from './take-value-dialog.tsx';
import { Targets } from './targets.tsx';
import { UnlinkDialog } from './unlink-dialog.tsx';
import type { KeyActions, KeyDoing } from './use-key.ts';

export interface KeyTargetsProps {
  readonly detail: KeyDetail;
  readonly connection: ConnectionView | null;
  readonly states: ReadonlyMap<TargetId, TargetState> | null;
  /** What there is to tell of the files that its latest work has written. */
  readonly remarks: readonly TargetRemark[];
  readonly tracked: ReadonlySet<string>;
  readonly doing: KeyDoing;
  readonly canWrite: boolean;
  readonly actions: Pick<KeyActions, 'writeAgain' | 'lookAgain'>;
}

type Asking = { readonly what: 'unlink' | 'take-value' | 'confirm'; readonly target: Target };

/** The files of a key, and what is asked before one of them is changed. */
export function KeyTargets(props: KeyTargetsProps) {
  const { detail, connection, states, remarks, tracked, doing, canWrite, actions } = props;
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => {
    setAsking(null);
    actions.lookAgain();
  };
  const writeAgain = async (target: Target) => {
    const outcome = await actions.writeAgain(target.id, '');
    if (outcome === 'needs-name') setAsking({ what: 'confirm', target });
  };
  return (
    <>
      <Targets
        targets={detail.targets}
        states={states}
        remarks={remarks}
        tracked={tracked}
        environment={detail.environment}
        doing={doing}
        canWrite={canWrite}
        onWriteAgain={(target) => void writeAgain(target)}
        onTakeValue={(target) => setAsking({ what: 'take-value', target })}
        onUnlink={(target) => setAsking({ what: 'unlink', target })}
        onConfirm={(target) => setAsking({ what: 'confirm', target })}
        onLookAgain={actions.lookAgain}
      />
      {asking?.what === 'unlink' && (
        <UnlinkDialog
          detail={detail}
          target={asking.target}
          state={states?.get(asking.target.id) ?? null}
          onClose={close}
          onUnlinked={close}
        />
      )}
      {asking?.what === 'take-value' && (
        <TakeValueDialog
          detail={detail}
          connection={connection}
          target={asking.target}
          onClose={close}
          onStarted={(workId) => {
            close();
            openDialog({ kind: 'work', workId });
          }}
        />
      )}
      {asking?.what === 'confirm' && (
        <ConfirmTrackedDialog
          keyName={detail.name}
          target={asking.target}
          onClose={close}
          onWrite={async (name) => (await actions.writeAgain(asking.target.id, name)) !== 'needs-name'}
        />
      )}
    </>
  );
}
