import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { cx } from '../../components/cx.ts';
import { Disclosure } from '../../components/disclosure.tsx';
import { count } from '../../text/dates.ts';
import { policyWords } from '../../text/keys.ts';
import styles from './policy.module.css';

const shown = 50;

export interface ChosenKeysProps {
  readonly rows: readonly KeyRow[];
  /** Why keys are never rotated, as far as that is known. */
  readonly reasons: ReadonlyMap<KeyId, string>;
}

/** The keys that are about to change, with their present period and the reason for it. */
export function ChosenKeys({ rows, reasons }: ChosenKeysProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Disclosure
      title="Which keys"
      summary={rows
        .slice(0, 3)
        .map(({ name }) => name)
        .join(', ')
        .concat(rows.length > 3 ? ` and ${rows.length - 3} more` : '')}
      isOpen={isOpen}
      onOpenChange={setOpen}
    >
      <ul className={styles.keys} aria-label="Keys whose period changes">
        {rows.slice(0, shown).map((row) => (
          <li key={row.id} className={styles.key}>
            <span className={styles.name}>
              {row.name} <span className={styles.quiet}>{row.provider}</span>
            </span>
            <span className={cx(styles.quiet, styles.present)}>{presentWords(row, reasons.get(row.id))}</span>
            <EnvironmentBadge environment={row.environment} />
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <p className={styles.quiet}>{`and ${count(rows.length - shown, 'more key')}`}</p>
      )}
    </Disclosure>
  );
}

/** "Every 90 days", "Never: “burned in”". */
function presentWords({ everyDays }: KeyRow, reason = ''): string {
  const period = policyWords(everyDays);
  return everyDays === null && reason !== '' ? `${period}: “${reason}”` : period;
}
