import { Label, Radio, RadioGroup } from 'react-aria-components';
import { cx } from './cx.ts';
import field from './field.module.css';
import styles from './segmented-control.module.css';
import type { Option } from './select.tsx';

export interface SegmentedControlProps<V extends string> {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly options: readonly Option<V>[];
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** One of a few short words, side by side. */
export function SegmentedControl<V extends string>(props: SegmentedControlProps<V>) {
  const { label, options, value, onChange } = props;
  return (
    <RadioGroup
      value={value}
      orientation="horizontal"
      onChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      className={cx(field.field)}
    >
      <Label className={cx(props.isLabelHidden === true ? 'hidden-words' : field.label)}>{label}</Label>
      <div className={styles.bar}>
        {options.map((option) => (
          <Radio
            key={option.value}
            value={option.value}
            isDisabled={option.isDisabled === true}
            className={cx(styles.segment)}
          >
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
