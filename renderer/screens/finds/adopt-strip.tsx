import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Strip } from '../../components/strip.tsx';
import { count } from '../../text/dates.ts';
import styles from './finds.module.css';
import { MissingProviders } from './missing-providers.tsx';
import { countOutcomes } from './outcome.ts';
import { Skipped } from './skipped.tsx';
import { Stopped } from './stopped.tsx';
import { Strangers } from './strangers.tsx';
import type { Decisions, Found } from './use-finds.ts';

export interface AdoptStripProps {
  readonly decisions: Pick<Decisions, 'run' | 'outcomes' | 'left' | 'cancelAdopting'>;
  readonly found: Found;
  readonly folder: string;
  /** Providers that some finds need a connection to. */
  readonly unconnected: readonly ProviderSummary[];
  readonly onAddProvider: (providerId: string) => void;
  readonly onDescribeProvider: () => void;
}

/** What runs, or how it ended; and what was left out of the search. */
export function AdoptStrip({ decisions, found, folder, unconnected, ...rest }: AdoptStripProps) {
  const { run, outcomes, left, cancelAdopting } = decisions;
  const { adopted, failed } = countOutcomes(outcomes);
  const toTell = [adopted, failed, left, found.skipped.length, found.strangers.length, unconnected.length];
  if (run === null && found.stoppedAfter === null && toTell.every((number) => number === 0)) return null;
  const leftWords = left === 0 ? '' : `, ${left.toLocaleString('en-GB')} left`;
  return (
    <Strip>
      {run !== null && (
        <>
          <ProgressBar
            label="Adopting"
            done={run.done}
            total={run.total}
            words={`${run.done} of ${count(run.total, 'key')}`}
          />
          <div className={styles.buttons}>
            <p className={styles.quiet} role="status">
              {run.isCancelling
                ? 'The one that is under way finishes. No more are begun.'
                : 'One after the other: looked at, checked where the provider allows it, stored and read back.'}
            </p>
            <Button size="small" isPending={run.isCancelling} onPress={cancelAdopting}>
              Cancel
            </Button>
          </div>
        </>
      )}
      {run === null && failed > 0 && (
        <Callout
          tone="attention"
          isNews
          title={`${adoptedWords(adopted)}, ${count(failed, 'other')} not${leftWords}`}
        >
          Those that were not adopted come first, each with its reason and what to do. Nothing was changed for
          them.
        </Callout>
      )}
      {run === null && failed === 0 && adopted + left > 0 && (
        <Callout tone={left === 0 ? 'done' : 'info'} isNews title={`${adoptedWords(adopted)}${leftWords}`}>
          {adopted > 0 && 'Stored, read back and sealed. No file was written to. '}
          {left > 0 && 'You cancelled before the rest. They are still chosen.'}
        </Callout>
      )}
      {run === null && found.stoppedAfter !== null && <Stopped files={found.stoppedAfter} />}
      {run === null && <MissingProviders providers={unconnected} onAddProvider={rest.onAddProvider} />}
      <Strangers folder={folder} strangers={found.strangers} onDescribe={rest.onDescribeProvider} />
      <Skipped folder={folder} skipped={found.skipped} />
    </Strip>
  );
}

const adoptedWords = (adopted: number): string =>
  adopted === 0 ? 'No key adopted' : `${count(adopted, 'key')} adopted`;
