import { useState } from 'react';
import { Disclosure } from '../../components/disclosure.tsx';
import { count } from '../../text/dates.ts';
import styles from './left-out.module.css';

export interface LeftOutProps {
  /** How many, and of what: "3 places could not be searched". */
  readonly title: string;
  /** The name of the list. */
  readonly label: string;
  /** The reasons are words already. */
  readonly items: readonly { readonly id: string; readonly what: string; readonly reason: string }[];
  /** Whether what was left out is told by its path. */
  readonly isPath?: boolean;
}

const most = 200;

/** What a search left out, and why, one press away. Nothing where it left out nothing. */
export function LeftOut({ title, label, items, isPath = false }: LeftOutProps) {
  const [isOpen, setOpen] = useState(false);
  if (items.length === 0) return null;
  return (
    <Disclosure title={title} isOpen={isOpen} onOpenChange={setOpen}>
      <ul aria-label={label} className={styles.list}>
        {items.slice(0, most).map(({ id, what, reason }) => (
          <li key={id}>
            <span className={isPath ? styles.path : undefined}>{what}</span>
            <span className={styles.reason}>{reason}</span>
          </li>
        ))}
      </ul>
      {items.length > most && <p className={styles.more}>{`And ${count(items.length - most, 'other')}.`}</p>}
    </Disclosure>
  );
}
