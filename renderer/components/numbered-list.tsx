import type { ReactNode } from 'react';
import styles from './numbered-list.module.css';

/** What a person does, one after the other. */
export function NumberedList({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ol aria-label={label} className={styles.list}>
      {children}
    </ol>
  );
}
