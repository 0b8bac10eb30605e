import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { closeDialog, notify, openDialog, useAppDialog } from '../../app-state.ts';
import { MakeBackupDialog } from '../backup/make-backup-dialog.tsx';
import { RestoreDialog } from '../backup/restore-dialog.tsx';
import { CopyOnceDialog } from '../copy-once/copy-once-dialog.tsx';
import { GenerateKeyDialog } from '../generate-key/generate-key-dialog.tsx';
import { WriteToEnvDialog } from '../key/write-to-env-dialog.tsx';
import { FindLeakedDialog } from '../leaked/find-leaked-dialog.tsx';
import { LeakedDialog } from '../leaked/leaked-dialog.tsx';
import { PolicyDialog } from '../policy/policy-dialog.tsx';
import { AddProviderDialog } from '../providers/add-provider-dialog.tsx';
import { SnoozeDialog } from '../reminders/snooze-dialog.tsx';
import { RevokeDialog } from '../revoke/revoke-dialog.tsx';
import { RotateAllDialog } from '../rotation/rotate-all-dialog.tsx';
import { RotateKeyDialog } from '../rotation/rotate-key-dialog.tsx';
import { UndoDialog } from '../rotation/undo-dialog.tsx';
import { WorkDialog } from '../rotation/work-dialog.tsx';
import { TakeInDialog } from '../take-in/take-in-dialog.tsx';
import { navigate } from './router.ts';

/** The one dialog that is open, wherever it was asked for. */
export function AppDialogs() {
  const dialog = useAppDialog();
  if (dialog === null) return null;
  switch (dialog.kind) {
    case 'generate':
      return (
        <GenerateKeyDialog
          {...(dialog.connectionId === undefined ? {} : { connectionId: dialog.connectionId })}
          onClose={closeDialog}
          onIssued={(keyId) => {
            navigate({ place: 'keys', keyId });
            openDialog({ kind: 'copy-once', keyId });
          }}
          onTakenIn={showTakenIn}
          onAddProvider={() => openDialog({ kind: 'add-provider' })}
          onOpenRotation={() => {
            closeDialog();
            navigate({ place: 'rotation' });
          }}
        />
      );
    case 'take-in':
      return (
        <TakeInDialog
          facts={dialog}
          onClose={closeDialog}
          onTakenIn={showTakenIn}
          onOpenKey={openKey}
          onAddProvider={() => openDialog({ kind: 'add-provider' })}
        />
      );
    case 'copy-once':
      return <CopyOnceDialog key={dialog.keyId} keyId={dialog.keyId} onClose={closeDialog} />;
    case 'rotate':
      return (
        <RotateKeyDialog
          key={dialog.keyId}
          keyId={dialog.keyId}
          onClose={closeDialog}
          onOpenKey={openKey}
          onCopyOnce={copyOnce}
          onUndo={undo}
          onLeaked={() => openDialog({ kind: 'leaked', keyId: dialog.keyId })}
        />
      );
    case 'leaked':
      return (
        <LeakedDialog
          key={dialog.keyId}
          keyId={dialog.keyId}
          onClose={closeDialog}
          onOpenKey={openKey}
          onCopyOnce={copyOnce}
          onOpenWork={openWork}
          onUndo={undo}
          onRevoke={() => openDialog({ kind: 'revoke', keyId: dialog.keyId })}
        />
      );
    case 'find-leaked':
      return (
        <FindLeakedDialog onClose={closeDialog} onFound={(keyId) => openDialog({ kind: 'leaked', keyId })} />
      );
    case 'work':
      return (
        <WorkDialog
          key={dialog.workId}
          workId={dialog.workId}
          onClose={closeDialog}
          onOpenKey={openKey}
          onCopyOnce={copyOnce}
          onUndo={undo}
        />
      );
    case 'undo':
      return (
        <UndoDialog key={dialog.workId} workId={dialog.workId} onClose={closeDialog} onOpenKey={openKey} />
      );
    case 'rotate-all':
      return (
        <RotateAllDialog
          onClose={closeDialog}
          onOpenWork={openWork}
          onRotate={(keyId) => openDialog({ kind: 'rotate', keyId })}
        />
      );
    case 'policy':
      return <PolicyDialog keyIds={dialog.keyIds} onClose={closeDialog} />;
    case 'snooze':
      return <SnoozeDialog keyIds={dialog.keyIds} onClose={closeDialog} />;
    case 'make-backup':
      return <MakeBackupDialog onClose={closeDialog} />;
    case 'restore':
      return <RestoreDialog onClose={closeDialog} />;
    case 'revoke':
      return <RevokeDialog key={dialog.keyId} keyId={dialog.keyId} onClose={closeDialog} />;
    case 'write':
      return <WriteToEnvDialog key={dialog.keyId} keyId={dialog.keyId} onClose={closeDialog} />;
    case 'add-provider':
      return (
        <AddProviderDialog
          onClose={closeDialog}
          onGenerate={(connectionId) => openDialog({ kind: 'generate', connectionId })}
        />
      );
    default:
      return assertNever(dialog);
  }
}

const copyOnce = (keyId: KeyId): void => openDialog({ kind: 'copy-once', keyId });
const openWork = (workId: WorkId): void => openDialog({ kind: 'work', workId });
const undo = (workId: WorkId): void => openDialog({ kind: 'undo', workId });

function openKey(keyId: KeyId): void {
  closeDialog();
  navigate({ place: 'keys', keyId });
}

/** A key that the user has anyway has no one time: it is shown, sealed, among the others. */
function showTakenIn(keyId: KeyId): void {
  openKey(keyId);
  notify('done', 'Taken in: the key is stored and sealed.');
}
