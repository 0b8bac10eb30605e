import type { LucideIcon } from 'lucide-react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './icon-button.module.css';
import { Tooltip } from './tooltip.tsx';

export interface IconButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'> {
  /** Its accessible name and its tooltip. */
  readonly label: string;
  readonly icon: LucideIcon;
  readonly size?: 'small' | 'medium';
}

/** A button with a picture; its name is shown on hover and focus. */
export function IconButton({ label, icon: Icon, size = 'medium', ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton {...rest} aria-label={label} className={cx(styles.button, styles[size])}>
        <Icon aria-hidden className={styles.icon} />
      </AriaButton>
    </Tooltip>
  );
}
