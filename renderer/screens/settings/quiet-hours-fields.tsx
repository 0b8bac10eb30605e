import { useState } from 'react';
import type { QuietHours, Settings } from '../../../shared/domain/settings.ts';
import { Switch } from '../../components/switch.tsx';
import { TextField } from '../../components/text-field.tsx';
import { quietHoursProblems, quietHoursWords } from '../../text/quiet-hours.ts';
import styles from './settings.module.css';

export interface QuietHoursFieldsProps {
  readonly quietHours: Settings['quietHours'];
  readonly onChange: (quietHours: Settings['quietHours']) => void;
}

const usual: QuietHours = { from: '22:00', to: '07:00' };

/** The hours in which no notice is shown. What is typed counts as soon as it makes sense. */
export function QuietHoursFields({ quietHours, onChange }: QuietHoursFieldsProps) {
  const [draft, setDraft] = useState(quietHours ?? usual);
  const problems = quietHoursProblems(draft);
  const type = (part: Partial<QuietHours>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    const { from, to } = quietHoursProblems(next);
    if (from === null && to === null) onChange(next);
  };
  return (
    <div className={styles.stack}>
      <div className={styles.field}>
        <Switch
          label="Quiet hours"
          help={
            quietHours === null
              ? 'Hours in which no notice is shown.'
              : `${quietHoursWords(quietHours)} no notice is shown. What comes in between is told as one when they end.`
          }
          isSelected={quietHours !== null}
          onChange={(isOn) => {
            setDraft(usual);
            onChange(isOn ? usual : null);
          }}
        />
      </div>
      {quietHours !== null && (
        <div className={styles.times}>
          <TextField
            label="From"
            type="time"
            value={draft.from}
            onChange={(from) => type({ from })}
            error={problems.from}
            validationBehavior="aria"
          />
          <TextField
            label="To"
            type="time"
            value={draft.to}
            onChange={(to) => type({ to })}
            error={problems.to}
            validationBehavior="aria"
          />
        </div>
      )}
    </div>
  );
}
