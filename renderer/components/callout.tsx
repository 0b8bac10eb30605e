import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './callout.module.css';
import { cx } from './cx.ts';

export interface CalloutProps {
  readonly tone: 'info' | 'attention' | 'danger' | 'done';
  readonly title: string;
  readonly children?: ReactNode;
  /** The one next step. */
  readonly action?: ReactNode;
  /** Read out when it appears: for what just happened, not for what was always there. */
  readonly isNews?: boolean;
}

const pictures = { info: Info, attention: CircleAlert, danger: TriangleAlert, done: CircleCheck };

/** A fact that must not be missed, and what to do about it. */
export function Callout({ tone, title, children, action, isNews }: CalloutProps) {
  const Picture = pictures[tone];
  const news = isNews === true ? { role: tone === 'danger' ? 'alert' : 'status' } : {};
  return (
    <div {...news} className={cx(styles.callout, styles[tone])}>
      <Picture aria-hidden className={styles.picture} />
      <div className={styles.words}>
        <p className={styles.title}>{title}</p>
        {children !== undefined && children !== null && <div className={styles.text}>{children}</div>}
      </div>
      {action !== undefined && action !== null && action !== false && (
        <div className={styles.action}>{action}</div>
      )}
    </div>
  );
}
