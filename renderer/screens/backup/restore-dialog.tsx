import { type FormEvent, useId, useRef, useState } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import { PasteField } from '../../components/paste-field.tsx';
import { PathField } from '../../components/path-field.tsx';
import { backupLine, backupPlace, backupWords, holdsWords } from '../../text/backup.ts';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import styles from './backup.module.css';
import { BackupProgress } from './backup-progress.tsx';
import { useChooseBackup } from './choose-backup.ts';
import { RestoreForm } from './restore-form.tsx';
import { useBackupProgress } from './use-backup-progress.ts';
import { type Restored, useRestore } from './use-restore.ts';

/** Restores a backup: opens it, shows what it would change, and changes that or nothing. */
export function RestoreDialog({ onClose }: { readonly onClose: () => void }) {
  const { restoring, open, cancel, restore, edited } = useRestore();
  const progress = useBackupProgress();
  const form = useId();
  const title = 'Restore from a backup';
  switch (restoring.step) {
    case 'asking':
    case 'opening': {
      const isOpening = restoring.step === 'opening';
      return (
        <Dialog
          title={title}
          description="Opens the backup and shows what it holds. Nothing is changed before you say so."
          isOpen
          onClose={isOpening ? null : onClose}
          footer={
            <>
              <Button
                variant="quiet"
                onPress={isOpening ? cancel : onClose}
                isPending={isOpening && restoring.isCancelling}
              >
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={isOpening}>
                Open backup
              </Button>
            </>
          }
        >
          <OpenForm
            id={form}
            isOpening={isOpening}
            failure={restoring.step === 'asking' ? restoring.failure : null}
            onOpen={open}
            onEdit={edited}
          />
          {isOpening && (
            <div className={styles.running}>
              <BackupProgress doing="opening" progress={progress} />
            </div>
          )}
        </Dialog>
      );
    }
    case 'choosing':
    case 'running': {
      const isRunning = restoring.step === 'running';
      return (
        <Dialog
          title={title}
          description="All of what you choose is restored or nothing, also if the power goes."
          isOpen
          size="large"
          onClose={isRunning ? null : onClose}
          footer={
            <>
              <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={isRunning}>
                Restore
              </Button>
            </>
          }
        >
          <RestoreForm
            id={form}
            preview={restoring.preview}
            isRunning={isRunning}
            failure={restoring.step === 'choosing' ? restoring.failure : null}
            onRestore={restore}
          />
          {isRunning && (
            <div className={styles.running}>
              <BackupProgress doing="restoring" progress={progress} />
            </div>
          )}
        </Dialog>
      );
    }
    case 'restored':
      return (
        <Dialog
          title="Backup restored"
          isOpen
          onClose={onClose}
          footer={
            <Button variant="primary" onPress={onClose}>
              Close
            </Button>
          }
        >
          <Done restored={restoring.restored} />
        </Dialog>
      );
    default:
      return assertNever(restoring);
  }
}

interface OpenFormProps {
  readonly id: string;
  readonly isOpening: boolean;
  readonly failure: PageFailure | null;
  readonly onOpen: (file: string, passphrase: string) => Promise<boolean>;
  readonly onEdit: () => void;
}

function OpenForm({ id, isOpening, failure, onOpen, onEdit }: OpenFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const choose = useChooseBackup();
  const [file, setFile] = useState('');
  const [missing, setMissing] = useState<'file' | 'passphrase' | null>(null);
  const place = failure === null ? null : backupPlace(failure);
  useLookAtProblem(form, failure ?? missing);
  const edited = () => {
    setMissing(null);
    if (failure !== null) onEdit();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isOpening || form.current === null) return;
    const passphrase = String(new FormData(form.current).get('passphrase') ?? '');
    const lacks = lackOf(file, passphrase);
    setMissing(lacks);
    if (lacks !== null) return;
    // What has been sent is not needed here any more; a wrong one is typed anew. The path stays.
    const typed = form.current.elements.namedItem('passphrase');
    if (typed instanceof HTMLInputElement) typed.value = '';
    await onOpen(file.trim(), passphrase);
  };
  const error = (at: 'file' | 'passphrase'): string | null => {
    if (missing === at) return at === 'file' ? 'Say where the backup is.' : 'Type the passphrase.';
    return failure !== null && place === at ? backupLine(failure) : null;
  };
  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isOpening}>
      {failure !== null && place === 'form' && <FailureWords words={backupWords(failure)} />}
      <PathField
        value={file}
        onChange={(next) => {
          setFile(next);
          edited();
        }}
        onChoose={choose}
        help="The whole path of the backup."
        error={error('file')}
        autoFocus
      />
      <PasteField
        name="passphrase"
        label="Passphrase"
        secret
        isRequired
        help="The one that was typed when the backup was made."
        error={error('passphrase')}
        onEdit={edited}
      />
    </form>
  );
}

function lackOf(file: string, passphrase: string): 'file' | 'passphrase' | null {
  if (file.trim() === '') return 'file';
  return passphrase === '' ? 'passphrase' : null;
}

function Done({ restored: { added, changed, removed } }: { readonly restored: Restored }) {
  return (
    <div className={styles.form}>
      <Callout tone="done" title="The backup is restored" isNews>
        Keys that were rotated or revoked since the backup may not work any more. Check those that you use.
      </Callout>
      <FactList>
        <Fact label="Added">{holdsWords(added)}</Fact>
        <Fact label="Changed">{changed === 0 ? 'Nothing' : count(changed, 'record')}</Fact>
        <Fact label="Forgotten">{removed === 0 ? 'Nothing' : count(removed, 'record')}</Fact>
      </FactList>
    </div>
  );
}
