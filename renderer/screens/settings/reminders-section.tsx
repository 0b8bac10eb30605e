import type { Settings } from '../../../shared/domain/settings.ts';
import { Section } from '../../components/section.tsx';
import { DefaultPeriodFields } from './default-period-fields.tsx';
import { LoginStartField } from './login-start-field.tsx';
import { NoticesFields } from './notices-fields.tsx';
import { QuietHoursFields } from './quiet-hours-fields.tsx';
import styles from './settings.module.css';
import { useFollowing } from './use-following.ts';

export interface RemindersSectionProps {
  readonly settings: Settings;
  readonly onChange: (settings: Partial<Settings>) => void;
}

/** When keys are due, and how their owner is told. */
export function RemindersSection({ settings, onChange }: RemindersSectionProps) {
  const following = useFollowing();
  return (
    <Section
      title="Reminders"
      description="A key is announced 14 days and 3 days before it is due, on its day, and then once a week until it is rotated or snoozed."
    >
      <div className={styles.parts}>
        <DefaultPeriodFields
          days={settings.rotationDays}
          following={following}
          onApply={(rotationDays) => onChange({ rotationDays })}
        />
        <NoticesFields settings={settings} onChange={onChange} />
        <QuietHoursFields
          quietHours={settings.quietHours}
          onChange={(quietHours) => onChange({ quietHours })}
        />
        <LoginStartField />
      </div>
    </Section>
  );
}
