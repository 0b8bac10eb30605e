import type { ReactNode } from 'react';
import styles from './strip.module.css';

export interface StripProps {
  /** With it the strip is a region of its own. */
  readonly label?: string;
  readonly children: ReactNode;
}

/** What has to be said above a list that fills the page. */
export function Strip({ label, children }: StripProps) {
  if (label === undefined) return <div className={styles.strip}>{children}</div>;
  return (
    <section aria-label={label} className={styles.strip}>
      {children}
    </section>
  );
}
