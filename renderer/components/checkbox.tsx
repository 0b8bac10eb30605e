import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps as AriaCheckboxProps } from 'react-aria-components';
import styles from './checkbox.module.css';
import { cx } from './cx.ts';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> {
  readonly label: ReactNode;
  readonly help?: string | undefined;
}

/** Something that is so or not, decided with the rest of a form. */
export function Checkbox({ label, help, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={cx(styles.checkbox)}>
      <span aria-hidden className={styles.box}>
        <Check className={styles.check} />
      </span>
      <span>
        <span className={styles.label}>{label}</span>
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
    </AriaCheckbox>
  );
}
