import { useState } from 'react';
import { settledEntries } from '../../../shared/domain/settled-entries.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Page } from '../../components/page.tsx';
import { TextField } from '../../components/text-field.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { activityMatches } from '../../text/activity.ts';
import styles from './activity.module.css';
import { ActivityDays } from './activity-days.tsx';
import { type Activity, useActivity } from './use-activity.ts';

/** The record of what happened, newest first. */
export function ActivityScreen() {
  const state = useActivity();
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title="Activity" of={state} />;
    case 'ready':
      return <Ready {...state} />;
    default:
      return assertNever(state);
  }
}

function Ready({ entries, more, loadingMore, failure, loadMore }: Extract<Activity, { state: 'ready' }>) {
  const [filter, setFilter] = useState('');
  if (entries.length === 0) {
    return (
      <Page title="Activity" width="full">
        <EmptyState title="Nothing has happened yet">
          Every key that is issued, shown, copied, written, rotated or revoked is noted here. No entry holds a
          key.
        </EmptyState>
      </Page>
    );
  }
  const found = settledEntries(entries).filter((entry) => activityMatches(entry, filter));
  return (
    <Page
      title="Activity"
      toolbar={
        <div className={styles.filter}>
          <TextField
            aria-label="Filter activity"
            label="Filter"
            value={filter}
            onChange={setFilter}
            placeholder="A name, a file, an action"
          />
        </div>
      }
    >
      <ActivityDays entries={found} />
      {found.length === 0 && (
        <p className={styles.quiet}>
          {more ? 'Nothing in what is loaded so far matches.' : 'Nothing matches.'}
        </p>
      )}
      {failure !== null && <FailureCallout failure={failure} />}
      {more && (
        <div className={styles.more}>
          <Button onPress={loadMore} isPending={loadingMore}>
            Load more
          </Button>
        </div>
      )}
    </Page>
  );
}
