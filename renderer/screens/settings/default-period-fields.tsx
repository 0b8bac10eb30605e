import { useState } from 'react';
import { mostRotationDays } from '../../../shared/domain/due.ts';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { policyWords } from '../../text/keys.ts';
import { presetDays } from '../../text/period.ts';
import styles from './settings.module.css';

export interface DefaultPeriodFieldsProps {
  readonly days: number;
  readonly onChange: (days: number) => void;
}

const own = 'own';

/** After how many days a key is due where nothing else says so. A number that is typed counts as soon as it makes sense. */
export function DefaultPeriodFields({ days, onChange }: DefaultPeriodFieldsProps) {
  const [typed, setTyped] = useState<string | null>(presetDays.includes(days) ? null : String(days));
  const isWhole = typed !== null && /^\d{1,4}$/.test(typed);
  const isFine = isWhole && Number(typed) >= 1 && Number(typed) <= mostRotationDays;
  return (
    <div className={styles.period}>
      <Select
        label="Rotate keys"
        options={[
          ...presetDays.map((preset) => ({ value: String(preset), label: policyWords(preset) })),
          { value: own, label: 'Another number of days' },
        ]}
        value={typed === null ? String(days) : own}
        onChange={(value) => {
          if (value === own) {
            setTyped(String(days));
            return;
          }
          setTyped(null);
          onChange(Number(value));
        }}
        help="Counts for every key for which neither the key itself, its connection nor its provider says otherwise."
      />
      {typed !== null && (
        <TextField
          label="Days"
          inputMode="numeric"
          value={typed}
          onChange={(text) => {
            setTyped(text);
            const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
            if (number >= 1 && number <= mostRotationDays) onChange(number);
          }}
          error={
            isFine
              ? null
              : `Type a whole number of days, from 1 to ${mostRotationDays.toLocaleString('en-GB')}.`
          }
          validationBehavior="aria"
        />
      )}
    </div>
  );
}
