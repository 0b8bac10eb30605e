import { useState } from 'react';
import { Disclosure } from '../../components/disclosure.tsx';
import { count } from '../../text/dates.ts';
import { pathWithin } from '../../text/finds.ts';
import styles from './finds.module.css';

export interface SkippedProps {
  readonly folder: string;
  /** The reasons are words already, without a full stop. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

const most = 200;

/** What could not be searched and why. Nothing where everything was. */
export function Skipped({ folder, skipped }: SkippedProps) {
  const [isOpen, setOpen] = useState(false);
  if (skipped.length === 0) return null;
  return (
    <Disclosure
      title={`${count(skipped.length, 'place')} could not be searched`}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <ul aria-label="Not searched" className={styles.reasons}>
        {skipped.slice(0, most).map(({ file, reason }) => (
          <li key={`${file} ${reason}`}>
            <span className={styles.path}>{pathWithin(folder, file)}</span>
            <span className={styles.lines}>{reason}</span>
          </li>
        ))}
      </ul>
      {skipped.length > most && (
        <p className={styles.quiet}>{`And ${count(skipped.length - most, 'other')}.`}</p>
      )}
    </Disclosure>
  );
}
