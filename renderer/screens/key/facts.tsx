import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Ring } from '../../components/ring.tsx';
import { Value } from '../../components/value.tsx';
import { dayOf, dueWords, exactTime } from '../../text/dates.ts';
import { ringWords } from '../../text/keys.ts';
import { ringState } from '../keys/key-cells.tsx';
import { shareOf } from '../keys/view.ts';
import styles from './facts.module.css';

/** What there is to know of a key. Only what is known is listed. */
export function Facts({ detail, now }: { readonly detail: KeyDetail; readonly now: number }) {
  const state = ringState(detail, now);
  const share = shareOf(detail, now);
  const { scopes, restrictions } = detail.request;
  const limits = [...restrictions.ips, ...restrictions.referrers, ...restrictions.endpoints];
  return (
    <FactList>
      {detail.fields.map((field) => (
        <Fact key={field.name} label={field.label}>
          <Value lastFour={field.lastFour} />
        </Fact>
      ))}
      <Fact label="Status">
        <StatusBadge status={detail.status} />
      </Fact>
      <Fact label="Due">
        <span className={styles.due}>
          <Ring share={share} state={state} isDecoration />
          {state === 'gone' ? (
            <span>No longer due</span>
          ) : (
            <span title={detail.dueAt === null ? 'Never due' : exactTime(detail.dueAt)}>
              {dueWords(detail.dueAt, now)}
              {detail.dueAt !== null && (
                <span className={styles.quiet}>
                  , {dayOf(detail.dueAt)}
                  {state !== 'overdue' && ` · ${ringWords(share, 'fine')}`}
                </span>
              )}
            </span>
          )}
        </span>
      </Fact>
      <Fact label="Connection">
        {detail.connection} <span className={styles.quiet}>{detail.origin}</span>
      </Fact>
      {detail.label !== '' && (
        <Fact label="Listed there as">
          <span className="mono">{detail.label}</span>
        </Fact>
      )}
      <Fact label={wasTakenIn(detail) ? 'Made' : 'Generated'}>
        <RelativeTime at={detail.issuedAt} />
      </Fact>
      {detail.lastUsedAt !== null && (
        <Fact label="Last used">
          <RelativeTime at={detail.lastUsedAt} />
        </Fact>
      )}
      {detail.checkedAt !== null && (
        <Fact label="Last checked">
          <RelativeTime at={detail.checkedAt} />
        </Fact>
      )}
      {detail.expiresAt !== null && (
        <Fact label="Expires">
          <RelativeTime at={detail.expiresAt} />
        </Fact>
      )}
      {detail.revokedAt !== null && (
        <Fact label="Revoked">
          <RelativeTime at={detail.revokedAt} />
        </Fact>
      )}
      {scopes !== null && scopes.length > 0 && (
        <Fact label="Scopes">
          <span className="mono">{scopes.join(', ')}</span>
        </Fact>
      )}
      {limits.length > 0 && (
        <Fact label="Restricted to">
          <span className="mono">{limits.join(', ')}</span>
        </Fact>
      )}
    </FactList>
  );
}

const wasTakenIn = ({ history }: Pick<KeyDetail, 'history'>): boolean =>
  history.some(({ event }) => event === 'key-taken-in');
