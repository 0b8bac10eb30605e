import { type FormEvent, useState } from 'react';
import { mostRotationDays } from '../../../shared/domain/due.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useNow } from '../../components/use-now.ts';
import { policyWords } from '../../text/keys.ts';
import { everyWords, presetDays } from '../../text/period.ts';
import { effectOf } from '../policy/effect.ts';
import { EffectCallout } from '../policy/effect-callout.tsx';
import styles from './settings.module.css';

export interface DefaultPeriodFieldsProps {
  readonly days: number;
  /** The keys that follow it; null while they are not known. */
  readonly following: readonly KeyRow[] | null;
  readonly onApply: (days: number) => void;
}

const own = 'own';

/**
 * After how many days a key is due where nothing else says so. What is chosen or typed counts when it is applied, after
 * saying what that does, because keys that come due by it are announced at once.
 */
export function DefaultPeriodFields({ days, following, onApply }: DefaultPeriodFieldsProps) {
  const [typed, setTyped] = useState<string | null>(ownWords(days));
  const [preset, setPreset] = useState(days);
  const [isTried, setTried] = useState(false);
  const [known, setKnown] = useState(days);
  const now = useNow();
  const wanted = typed === null ? preset : daysOf(typed);

  const show = (next: number) => {
    setTyped(ownWords(next));
    setPreset(next);
    setTried(false);
  };
  if (known !== days) {
    // It was applied, or set elsewhere.
    setKnown(days);
    if (wanted !== days) show(days);
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wanted !== null && wanted !== days) onApply(wanted);
  };
  const isChanged = wanted !== null && wanted !== days;
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <div className={styles.period}>
        <Select
          label="Rotate keys"
          options={[
            ...presetDays.map((each) => ({ value: String(each), label: policyWords(each) })),
            { value: own, label: 'Another number of days' },
          ]}
          value={typed === null ? String(preset) : own}
          onChange={(value) => {
            setTried(false);
            setTyped(value === own ? String(wanted ?? days) : null);
            if (value !== own) setPreset(Number(value));
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
              setTried(false);
            }}
            onBlur={() => setTried(true)}
            error={isTried && wanted === null ? problem : null}
            validationBehavior="aria"
          />
        )}
      </div>
      {isChanged && (
        <>
          {following !== null && <EffectCallout effect={effectOf(following, () => wanted, now)} />}
          <div className={styles.buttons}>
            <Button type="submit" variant="primary">
              {`Rotate ${everyWords(wanted)}`}
            </Button>
            <Button variant="quiet" onPress={() => show(days)}>
              {`Keep ${days.toLocaleString('en-GB')} days`}
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

const problem = `Type a whole number of days, from 1 to ${mostRotationDays.toLocaleString('en-GB')}.`;

/** The number as it would be typed; null where it is among those that can be chosen. */
const ownWords = (days: number): string | null => (presetDays.includes(days) ? null : String(days));

/** The days that are typed; null where they are none. */
function daysOf(typed: string): number | null {
  const days = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : 0;
  return days >= 1 && days <= mostRotationDays ? days : null;
}
