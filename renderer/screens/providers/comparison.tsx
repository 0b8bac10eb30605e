import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ConnectionView, Standing } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { Section } from '../../components/section.tsx';
import { useNow } from '../../components/use-now.ts';
import { count } from '../../text/dates.ts';
import { comparisonSummary, standingOrder, standingWords } from '../../text/providers.ts';
import styles from './comparison.module.css';
import { ComparisonRow } from './comparison-row.tsx';
import { RevokeStrayDialog } from './revoke-stray-dialog.tsx';
import type { ProvidersActions } from './use-providers.ts';

/** What can be done with a key that was found. */
export interface FoundActions {
  readonly onAdopt: (connection: ConnectionView, stray: Standing) => void;
  readonly onOpenKey: (id: KeyId) => void;
}

export interface ComparisonProps {
  readonly connection: ConnectionView;
  readonly keys: readonly Standing[];
  readonly actions: ProvidersActions;
  readonly found: FoundActions;
}

/** How many rows are shown at first, and how many more each time they are asked for. */
const firstRows = 50;
const moreRows = 100;

/** What the provider lists beside what the vault holds, in groups: first what needs a look. */
export function Comparison({ connection, keys, actions, found }: ComparisonProps) {
  const [asked, setAsked] = useState<Standing | null>(null);
  const [limit, setLimit] = useState(firstRows);
  const [search, setSearch] = useState('');
  const now = useNow();
  const fitting = matchingKeys(keys, search);
  const shown = fitting.slice(0, limit);
  const more = Math.min(moreRows, fitting.length - shown.length);
  const tellsUse = keys.some(({ listed }) => listed !== null && listed.lastUsedAt !== null);
  const isOwnKnown = keys.some(({ standing }) => standing === 'own');

  return (
    <Section
      level={3}
      title={`Compared with ${connection.provider.name}`}
      description={<p role="status">{comparisonSummary(keys, connection.provider.name)}</p>}
      actions={
        <Button size="small" variant="quiet" onPress={() => actions.hide(connection.id)}>
          Hide
        </Button>
      }
    >
      {keys.length > firstRows && (
        <SearchField
          label="Search these keys"
          placeholder="Search these keys"
          value={search}
          onChange={(text) => {
            setSearch(text);
            setLimit(firstRows);
          }}
        />
      )}
      {shown.length > 0 && (
        <table className={styles.table} aria-label={`Keys at ${connection.provider.name} and in the vault`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Made</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="hidden-words">What can be done</span>
              </th>
            </tr>
          </thead>
          {standingOrder.map((standing) => {
            const rows = shown.filter((key) => key.standing === standing);
            if (rows.length === 0) return null;
            const { heading, meaning } = standingWords[standing];
            return (
              <tbody key={standing}>
                <tr>
                  <th colSpan={4} scope="rowgroup" className={styles.group}>
                    <h4 className={styles.heading}>
                      {heading}{' '}
                      <span className={styles.count}>
                        {fitting.filter((key) => key.standing === standing).length}
                      </span>
                    </h4>
                    <p className={styles.meaning}>
                      {meaning}
                      {standing === 'stray' && !isOwnKnown && (
                        <> One of them can be the credential that Keyturn itself works with here.</>
                      )}
                    </p>
                  </th>
                </tr>
                {rows.map((key) => (
                  <ComparisonRow
                    key={key.listed?.providerKeyId ?? key.keyId}
                    found={key}
                    tellsUse={tellsUse}
                    now={now}
                    connection={connection}
                    onAdopt={found.onAdopt}
                    onRevoke={setAsked}
                    onOpenKey={found.onOpenKey}
                  />
                ))}
              </tbody>
            );
          })}
        </table>
      )}
      {fitting.length === 0 && keys.length > 0 && (
        <p className={styles.quiet}>No key here fits “{search.trim()}”.</p>
      )}
      {more > 0 && (
        <div className={styles.more}>
          <Button size="small" onPress={() => setLimit(limit + moreRows)}>
            {`Show ${more} more`}
          </Button>
          <span className={styles.quiet}>
            {shown.length} of {count(fitting.length, 'key')} shown.
          </span>
        </div>
      )}
      {asked !== null && (
        <RevokeStrayDialog
          connection={connection}
          stray={asked}
          onRevoke={(confirmName, answers) =>
            actions.revokeStray(connection, asked.listed?.providerKeyId ?? '', confirmName, answers)
          }
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}

/** Keys whose name, masked value or id at the provider holds what is searched for. */
function matchingKeys(keys: readonly Standing[], search: string): readonly Standing[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === '') return keys;
  return keys.filter(({ name, listed }) =>
    `${name} ${listed?.masked ?? ''} ${listed?.providerKeyId ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
}
