import type { KeyId, WorkId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { closeDialog, openDialog, useAppDialog } from '../../app-state.ts';
import { laterDialog } from './later.tsx';
import { navigate } from './router.ts';

const MakeBackupDialog = laterDialog(
  async () => (await import('../backup/make-backup-dialog.tsx')).MakeBackupDialog,
);
const RestoreDialog = laterDialog(async () => (await import('../backup/restore-dialog.tsx')).RestoreDialog);
const CopyOnceDialog = laterDialog(
  async () => (await import('../copy-once/copy-once-dialog.tsx')).CopyOnceDialog,
);
const GenerateKeyDialog = laterDialog(
  async () => (await import('../generate-key/generate-key-dialog.tsx')).GenerateKeyDialog,
);
const WriteToEnvDialog = laterDialog(
  async () => (await import('../key/write-to-env-dialog.tsx')).WriteToEnvDialog,
);
const FindLeakedDialog = laterDialog(
  async () => (await import('../leaked/find-leaked-dialog.tsx')).FindLeakedDialog,
);
const LeakedDialog = laterDialog(async () => (await import('../leaked/leaked-dialog.tsx')).LeakedDialog);
const PolicyDialog = laterDialog(async () => (await import('../policy/policy-dialog.tsx')).PolicyDialog);
const AddProviderDialog = laterDialog(
  async () => (await import('../providers/add-provider-dialog.tsx')).AddProviderDialog,
);
const SnoozeDialog = laterDialog(async () => (await import('../reminders/snooze-dialog.tsx')).SnoozeDialog);
const RevokeDialog = laterDialog(async () => (await import('../revoke/revoke-dialog.tsx')).RevokeDialog);
const RotateAllDialog = laterDialog(
  async () => (await import('../rotation/rotate-all-dialog.tsx')).RotateAllDialog,
);
const RotateKeyDialog = laterDialog(
  async () => (await import('../rotation/rotate-key-dialog.tsx')).RotateKeyDialog,
);
const UndoDialog = laterDialog(async () => (await import('../rotation/undo-dialog.tsx')).UndoDialog);
const WorkDialog = laterDialog(async () => (await import('../rotation/work-dialog.tsx')).WorkDialog);
const TakeInDialog = laterDialog(async () => (await import('../take-in/take-in-dialog.tsx')).TakeInDialog);

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
          onTakenIn={openKey}
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
          onTakenIn={openKey}
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
      return (
        <WriteToEnvDialog
          key={dialog.keyId}
          keyId={dialog.keyId}
          {...(dialog.place === undefined ? {} : { place: dialog.place })}
          onClose={closeDialog}
        />
      );
    case 'add-provider':
      return (
        <AddProviderDialog
          {...(dialog.start === undefined ? {} : { start: dialog.start })}
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
