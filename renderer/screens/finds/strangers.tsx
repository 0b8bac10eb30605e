import { useState } from 'react';
import type { Stranger } from '../../../shared/ipc/search.contract.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { count } from '../../text/dates.ts';
import { pathWithin } from '../../text/finds.ts';
import styles from './finds.module.css';

export interface StrangersProps {
  readonly folder: string;
  readonly strangers: readonly Stranger[];
  /** Leads to adding a definition of a provider. */
  readonly onDescribe: () => void;
}

const most = 200;

/** Secrets of providers that Keyturn does not know, by their names and files. Nothing where there are none. */
export function Strangers({ folder, strangers, onDescribe }: StrangersProps) {
  const [isOpen, setOpen] = useState(false);
  if (strangers.length === 0) return null;
  return (
    <Disclosure
      title={`${count(strangers.length, 'secret')} of unknown providers`}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <ul aria-label="Secrets of unknown providers" className={styles.plain}>
        {strangers.slice(0, most).map(({ places }) => (
          <li key={places.map(({ file, line }) => `${file}:${line}`).join()}>
            <span className={styles.variable}>{places[0]?.variable}</span>
            <span className={styles.lines}>
              {places.map(({ file, line }) => `${pathWithin(folder, file)}, line ${line}`).join('; ')}
            </span>
          </li>
        ))}
      </ul>
      {strangers.length > most && (
        <p className={styles.quiet}>{`And ${count(strangers.length - most, 'other')}.`}</p>
      )}
      <p className={styles.quiet}>
        Their names and values are those of secrets, and no provider that Keyturn knows has such keys. Once a
        provider is described in a file of your own, its keys are found and taken in as all others.
      </p>
      <div>
        <Button size="small" onPress={onDescribe}>
          Describe a provider
        </Button>
      </div>
    </Disclosure>
  );
}
