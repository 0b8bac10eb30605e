import { memo, useId } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView, Standing } from '../../../shared/ipc/connections.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { count, exactTime, relativeTime } from '../../text/dates.ts';
import { lastUseOf, type Use } from '../../text/providers.ts';
import styles from './comparison.module.css';

export interface ComparisonRowProps {
  readonly found: Standing;
  /** Whether the provider tells of any key when it was last used. */
  readonly tellsUse: boolean;
  /** In milliseconds since 1970; handed down, so that a long list has one clock. */
  readonly now: number;
  readonly connection: ConnectionView;
  readonly onAdopt: (connection: ConnectionView, stray: Standing) => void;
  readonly onRevoke: (stray: Standing) => void;
  readonly onOpenKey: (id: KeyId) => void;
}

/** One key, as the provider and the vault see it. */
export const ComparisonRow = memo(function ComparisonRow(props: ComparisonRowProps) {
  const { found, tellsUse, now } = props;
  const { listed, keyId, standing } = found;
  const id = useId();
  return (
    <tr>
      <th scope="row" id={id} className={styles.name}>
        <span className={styles.words}>{found.name}</span>
        {listed !== null && listed.masked !== '' && <span className={styles.masked}>{listed.masked}</span>}
        {standing === 'stray' && keyId !== null && (
          <span className={styles.note}>Revoked in the vault, and yet it works there.</span>
        )}
      </th>
      <td className={styles.quiet}>
        <Instant at={listed?.createdAt ?? null} now={now} />
      </td>
      <td className={styles.quiet}>
        {listed !== null && <LastUse use={lastUseOf(listed, tellsUse, now)} now={now} />}
      </td>
      <td className={styles.actions}>
        {standing === 'stray' && (
          <>
            {keyId === null && (
              <Button
                size="small"
                aria-describedby={id}
                onPress={() => props.onAdopt(props.connection, found)}
              >
                Adopt
              </Button>
            )}
            <Button size="small" variant="quiet" aria-describedby={id} onPress={() => props.onRevoke(found)}>
              Revoke
            </Button>
          </>
        )}
        {keyId !== null && (
          <Button size="small" variant="quiet" aria-describedby={id} onPress={() => props.onOpenKey(keyId)}>
            Open key
          </Button>
        )}
      </td>
    </tr>
  );
});

function Instant({ at, now }: { readonly at: number | null; readonly now: number }) {
  if (at === null) return <>–</>;
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, Math.max(now, Math.min(at, Date.now())))}
    </time>
  );
}

function LastUse({ use, now }: { readonly use: Use; readonly now: number }) {
  switch (use.kind) {
    case 'not-told':
      return <>–</>;
    case 'never':
      return use.isIdle ? <Badge tone="due-soon">never used</Badge> : <>Never used</>;
    case 'used':
      return use.idleDays === null ? (
        <Instant at={use.at} now={now} />
      ) : (
        <span title={exactTime(use.at)}>
          <Badge tone="due-soon">unused for {count(use.idleDays, 'day')}</Badge>
        </span>
      );
  }
}
