import { mostRotationDays } from '../../../shared/domain/due.ts';
import type { Period } from '../../../shared/domain/period.ts';
import { Button } from '../../components/button.tsx';
import { type Option, Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { policyWords } from '../../text/keys.ts';
import { everyWords, presetDays, type Whose, whoseWord } from '../../text/period.ts';
import { asUsual, type PeriodDraft } from './period-draft.ts';
import styles from './policy.module.css';
import { isLonger, type Recommended } from './recommended.ts';

export interface PeriodFieldProps {
  readonly label?: string;
  /** null: nothing is chosen yet. */
  readonly value: PeriodDraft | null;
  readonly onChange: (value: PeriodDraft) => void;
  /** What applies as usual, and to what; null where that differs from key to key. */
  readonly usual: { readonly period: Period; readonly whose: Whose } | null;
  readonly recommended: Recommended | null;
  /** By `period.days` and `period.because`. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * How often to rotate: as usual, every so many days, or never and why. Where the provider recommends a shorter period than
 * the one that is chosen, this is said below, and taken with one press.
 */
export function PeriodField(props: PeriodFieldProps) {
  const { label = 'How often to rotate', value, onChange, usual, recommended, problems } = props;
  return (
    <div className={styles.period}>
      <Select
        label={label}
        options={optionsOf(props)}
        value={value === null ? null : choiceOf(value)}
        onChange={(chosen) => onChange(chosenAs(chosen, value))}
      />
      {value?.choice === 'own' && (
        <TextField
          label="Days"
          value={value.days}
          onChange={(days) => onChange({ choice: 'own', days })}
          inputMode="numeric"
          error={problems['period.days']}
          autoFocus
        />
      )}
      {value?.choice === 'never' && (
        <TextField
          label="Why never?"
          value={value.because}
          onChange={(because) => onChange({ choice: 'never', because })}
          maxLength={200}
          help="Nobody is reminded. The reason stands wherever the period does."
          error={problems['period.because']}
          autoFocus
        />
      )}
      {value !== null && recommended !== null && isLonger(value, usual?.period ?? null, recommended) && (
        <p className={styles.recommended}>
          <span>{recommended.words}</span>
          <Button size="small" onPress={() => onChange({ choice: 'days', days: recommended.days })}>
            Use {recommended.days} days
          </Button>
        </p>
      )}
    </div>
  );
}

function optionsOf({ value, usual, recommended }: PeriodFieldProps): readonly Option[] {
  const chosen = value?.choice === 'days' ? [value.days] : [];
  const days = new Set([...presetDays, ...(recommended === null ? [] : [recommended.days]), ...chosen]);
  const sorted = [...days].filter((each) => each <= mostRotationDays).toSorted((a, b) => a - b);
  return [
    usual === null
      ? {
          value: 'usual',
          label: 'As usual',
          description: 'What the connection of each key, its provider or the settings say',
        }
      : {
          value: 'usual',
          label: `As usual: ${everyWords(usual.period.everyDays)}`,
          description: upperFirst(whoseWord(usual.period.from, usual.whose)),
        },
    ...sorted.map((each) => ({
      value: String(each),
      label: policyWords(each),
      ...(each === recommended?.days && { description: `What ${recommended.provider} recommends` }),
    })),
    { value: 'own', label: 'Another number of days' },
    { value: 'never', label: 'Never' },
  ];
}

function choiceOf(draft: PeriodDraft): string {
  return draft.choice === 'days' ? String(draft.days) : draft.choice;
}

function chosenAs(chosen: string, before: PeriodDraft | null): PeriodDraft {
  if (before !== null && choiceOf(before) === chosen) return before;
  switch (chosen) {
    case 'usual':
      return asUsual;
    case 'own':
      return { choice: 'own', days: '' };
    case 'never':
      return { choice: 'never', because: '' };
    default:
      return { choice: 'days', days: Number(chosen) };
  }
}

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
