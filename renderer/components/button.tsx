import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Spinner } from './spinner.tsx';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium' | 'large';
  readonly icon?: LucideIcon;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button with a verb on it. While `isPending` it keeps its width and focus, and does nothing. */
export function Button({
  variant = 'secondary',
  size = 'medium',
  icon: Icon,
  children,
  ...rest
}: ButtonProps) {
  return (
    <AriaButton {...rest} className={cx(styles.button, styles[variant], styles[size])}>
      {rest.isPending === true && <Spinner />}
      {rest.isPending !== true && Icon !== undefined && <Icon aria-hidden className={styles.icon} />}
      <span className={styles.label}>{children}</span>
    </AriaButton>
  );
}
