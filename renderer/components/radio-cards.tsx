import { FieldError, Label, Radio, RadioGroup, Text } from 'react-aria-components';
import { cx } from './cx.ts';
import field from './field.module.css';
import styles from './radio-cards.module.css';
import type { Option } from './select.tsx';

export interface RadioCardsProps<V extends string> {
  readonly label: string;
  readonly options: readonly Option<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  /** How many stand side by side. */
  readonly columns?: 1 | 2;
}

/** A choice that is worth a sentence each: all options in the open. */
export function RadioCards<V extends string>(props: RadioCardsProps<V>) {
  const { label, options, value, onChange, help, error, columns = 1 } = props;
  const wrong = error !== undefined && error !== null;
  return (
    <RadioGroup
      value={value}
      isInvalid={wrong}
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      className={cx(field.field)}
    >
      <Label className={cx(field.label)}>{label}</Label>
      <div className={cx(styles.cards, columns === 2 && styles.two)}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled === true}
            className={cx(styles.card)}
          >
            <span aria-hidden className={styles.mark} />
            <span className={styles.words}>
              <span className={styles.title}>{option.label}</span>
              {option.description !== undefined && (
                <span className={styles.description}>{option.description}</span>
              )}
            </span>
          </Radio>
        ))}
      </div>
      {help !== undefined && help !== '' && (
        <Text slot="description" className={cx(field.help)}>
          {help}
        </Text>
      )}
      <FieldError className={cx(field.error)}>{wrong ? error : null}</FieldError>
    </RadioGroup>
  );
}
