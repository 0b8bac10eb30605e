import { useId, useState } from 'react';
import { dueState } from '../../../shared/domain/due.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Ring } from '../../components/ring.tsx';
import { dueWords, exactTime } from '../../text/dates.ts';
import { hrefOf } from '../frame/router.ts';
import styles from './rotation.module.css';
import type { DueKey } from './timeline.ts';

export interface DueListProps {
  readonly items: readonly DueKey[];
  readonly now: number;
  readonly onRotate: (keyId: KeyId) => void;
}

const step = 50;

/** Keys by their day, each with the one next action. Long lists open by 50. */
export function DueList({ items, now, onRotate }: DueListProps) {
  const [most, setMost] = useState(step);
  return (
    <>
      <ul className={styles.due}>
        {items.slice(0, most).map((item) => (
          <Row key={item.key.id} item={item} now={now} onRotate={onRotate} />
        ))}
      </ul>
      {items.length > most && (
        <div className={styles.more}>
          <Button variant="quiet" onPress={() => setMost(most + step)}>
            {`Show ${Math.min(step, items.length - most)} more of ${items.length}`}
          </Button>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly item: DueKey;
  readonly now: number;
  readonly onRotate: (keyId: KeyId) => void;
}

function Row({ item: { key, dueAt }, now, onRotate }: RowProps) {
  const name = useId();
  const share = Math.max(0, (now - key.issuedAt) / Math.max(1, dueAt - key.issuedAt));
  return (
    <li className={styles.row}>
      <Ring share={share} state={dueState(dueAt, now)} isDecoration />
      <span className={styles.name}>
        <a id={name} className={styles.link} href={hrefOf({ place: 'keys', keyId: key.id })}>
          {key.name}
        </a>
        <span className={styles.provider}>{key.provider}</span>
      </span>
      <EnvironmentBadge environment={key.environment} />
      <span className={styles.when} title={exactTime(dueAt)}>
        {dueWords(dueAt, now)}
      </span>
      <Button size="small" onPress={() => onRotate(key.id)} aria-describedby={name}>
        Rotate
      </Button>
    </li>
  );
}
