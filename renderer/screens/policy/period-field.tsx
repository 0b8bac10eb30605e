import { mostRotationDays } from '../../../shared/domain/due.ts';
import type { Period } from '../../../shared/domain/period.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { type Option, Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { policyWords } from '../../text/keys.ts';
import { everyWords, longerWords, presetDays, type Whose, whoseWord } from '../../text/period.ts';
import { asUsual, daysOf, type PeriodDraft } from './period-draft.ts';
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
  /** For keys of several providers: what each of them recommends, where that can be chosen. */
  readonly each?: EachRecommended | undefined;
  /** By `period.days` and `period.because`. */
  readonly problems: Readonly<Record<string, string>>;
}

/** The choice that is another period for each provider. */
export interface EachRecommended {
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

/**
 * How often to rotate: as usual, every so many days, as each provider recommends, or never and why. Where the provider
 * recommends a shorter period than the one that is chosen, this is said below, and taken with one press.
 */
export function PeriodField(props: PeriodFieldProps) {
  const { label = 'How often to rotate', value, onChange, usual, recommended, each, problems } = props;
  const isEach = each?.isChosen === true;
  return (
    <div className={styles.period}>
      <Select
        label={label}
        options={optionsOf(props)}
        value={isEach ? eachRecommended : value && choiceOf(value)}
        onChange={(chosen) =>
          chosen === eachRecommended ? each?.onChoose() : onChange(chosenAs(chosen, isEach ? null : value))
        }
      />
      {!isEach && value?.choice === 'own' && (
        <TextField
          label="Days"
          value={value.days}
          onChange={(days) => onChange({ choice: 'own', days })}
          inputMode="numeric"
          error={problems['period.days']}
          autoFocus
        />
      )}
      {!isEach && value?.choice === 'never' && (
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
        <Callout
          tone="attention"
          title={longerWords(recommended.provider, daysOf(value, usual?.period.everyDays ?? null) ?? null)}
          action={
            <Button size="small" onPress={() => onChange({ choice: 'days', days: recommended.days })}>
              Use {recommended.days} days
            </Button>
          }
        >
          {recommended.words}
        </Callout>
      )}
    </div>
  );
}

const eachRecommended = 'each';

function optionsOf({ value, usual, recommended, each }: PeriodFieldProps): readonly Option[] {
  const chosen = value?.choice === 'days' ? [value.days] : [];
  const offered = new Set([...presetDays, ...(recommended === null ? [] : [recommended.days]), ...chosen]);
  const sorted = [...offered].filter((days) => days <= mostRotationDays).toSorted((a, b) => a - b);
  const ofEach = {
    value: eachRecommended,
    label: 'As each provider recommends',
    description: 'Keys whose provider recommends no period stay as they are',
  };
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
    ...(each === undefined ? [] : [ofEach]),
    ...sorted.map((days) => ({
      value: String(days),
      label: policyWords(days),
      ...(days === recommended?.days && { description: `What ${recommended.provider} recommends` }),
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
