import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { StatusBadge } from '../../components/badge.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Value } from '../../components/value.tsx';
import styles from './facts.module.css';

/** What there is to know of a key. Only what is known is listed. */
export function Facts({ detail }: { readonly detail: KeyDetail }) {
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
