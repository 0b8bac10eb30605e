import type { Settings } from '../../../shared/domain/settings.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { Switch } from '../../components/switch.tsx';
import styles from './settings.module.css';

export interface BackupSectionProps {
  readonly settings: Settings;
  readonly onChange: (settings: Partial<Settings>) => void;
}

/** When the last backup was made, how to make one and how to restore one. */
export function BackupSection({ settings, onChange }: BackupSectionProps) {
  return (
    <Section
      title="Backup"
      actions={
        <>
          <Button onPress={() => openDialog({ kind: 'restore' })}>Restore from a backup</Button>
          <Button onPress={() => openDialog({ kind: 'make-backup' })}>Make a backup</Button>
        </>
      }
    >
      <FactList>
        <Fact label="Last backup">
          {settings.lastBackupAt === null ? (
            'None made on this computer'
          ) : (
            <RelativeTime at={settings.lastBackupAt} />
          )}
        </Fact>
      </FactList>
      <div className={styles.field}>
        <Switch
          label="Remind me weekly"
          help="On the Keys screen, when the last backup is older than 7 days."
          isSelected={settings.backupReminder}
          onChange={(backupReminder) => onChange({ backupReminder })}
        />
      </div>
    </Section>
  );
}
