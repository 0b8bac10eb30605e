import { useId } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { holdsWords, sizeWords } from '../../text/backup.ts';
import { count } from '../../text/dates.ts';
import styles from './backup.module.css';
import { BackupProgress } from './backup-progress.tsx';
import { MakeBackupForm } from './make-backup-form.tsx';
import { useBackupProgress } from './use-backup-progress.ts';
import { type MadeBackup, useMakeBackup } from './use-make-backup.ts';

/** Makes a backup of the whole vault: one file under a passphrase. */
export function MakeBackupDialog({ onClose }: { readonly onClose: () => void }) {
  const { making, make, cancel, edited } = useMakeBackup();
  const progress = useBackupProgress();
  const form = useId();
  switch (making.step) {
    case 'asking':
    case 'running': {
      const isRunning = making.step === 'running';
      return (
        <Dialog
          title="Make a backup"
          description="One file with every key, connection and definition, under a passphrase. The age tool opens it too, without Keyturn."
          isOpen
          onClose={isRunning ? null : onClose}
          footer={
            <>
              <Button
                variant="quiet"
                onPress={isRunning ? cancel : onClose}
                isPending={isRunning && making.isCancelling}
              >
                Cancel
              </Button>
              <Button variant="primary" type="submit" form={form} isPending={isRunning}>
                Make backup
              </Button>
            </>
          }
        >
          <MakeBackupForm
            id={form}
            isRunning={isRunning}
            failure={making.step === 'asking' ? making.failure : null}
            onMake={make}
            onEdit={edited}
          />
          {isRunning && (
            <div className={styles.running}>
              <BackupProgress doing="making" progress={progress} />
            </div>
          )}
        </Dialog>
      );
    }
    case 'made':
      return (
        <Dialog
          title="Backup made"
          isOpen
          onClose={onClose}
          footer={
            <Button variant="primary" onPress={onClose}>
              Close
            </Button>
          }
        >
          <Made made={making.made} />
        </Dialog>
      );
    default:
      return assertNever(making);
  }
}

function Made({ made }: { readonly made: MadeBackup }) {
  const { file, holds, withoutValue, bytes } = made;
  return (
    <div className={styles.form}>
      <Callout tone="done" title="The backup is written and was read back" isNews>
        Keep it somewhere else than on this computer, and its passphrase apart from it. A key that is made or
        rotated from now on is not in it.
      </Callout>
      <FactList>
        <Fact label="File">
          <span className={styles.path}>{file}</span>
        </Fact>
        <Fact label="Holds">{holdsWords(holds)}</Fact>
        <Fact label="Size">{sizeWords(bytes)}</Fact>
      </FactList>
      <WithoutValue names={withoutValue} />
    </div>
  );
}

/** Keys and connections that a backup has the record of and not the value. */
export function WithoutValue({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Callout tone="attention" title={`${count(names.length, 'value')} could not be read`}>
      The backup has the {names.length === 1 ? 'record and not the value' : 'records and not the values'} of:{' '}
      {names.join(', ')}.
    </Callout>
  );
}
