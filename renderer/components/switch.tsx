import type { ReactNode } from 'react';
import { Switch as AriaSwitch, type SwitchProps as AriaSwitchProps } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './switch.module.css';

export interface SwitchProps extends Omit<AriaSwitchProps, 'className' | 'style' | 'children'> {
  readonly label: ReactNode;
  readonly help?: string | undefined;
}

/** Something that is on or off, and takes effect at once. */
export function Switch({ label, help, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={cx(styles.switch)}>
      <span>
        <span className={styles.label}>{label}</span>
        {help !== undefined && <span className={styles.help}>{help}</span>}
      </span>
      <span aria-hidden className={styles.track}>
        <span className={styles.thumb} />
      </span>
    </AriaSwitch>
  );
}
