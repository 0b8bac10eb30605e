import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Strip } from '../../components/strip.tsx';
import { count } from '../../text/dates.ts';
import styles from './finds.module.css';
import { countOutcomes } from './outcome.ts';
import { Skipped } from './skipped.tsx';
import type { Decisions, Found } from './use-finds.ts';

export interface AdoptStripProps {
  readonly decisions: Pick<Decisions, 'run' | 'outcomes' | 'cancelAdopting'>;
  readonly found: Found;
  readonly folder: string;
}

/** What runs, or how it ended; and what was left out of the search. */
export function AdoptStrip({ decisions, found, folder }: AdoptStripProps) {
  const { run, outcomes, cancelAdopting } = decisions;
  const { adopted, failed } = countOutcomes(outcomes);
  if (run === null && adopted + failed === 0 && found.skipped.length === 0) return null;
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
        <Callout tone="attention" isNews title={`${adoptedWords(adopted)}, ${count(failed, 'other')} not`}>
          Those that were not adopted come first, each with its reason and what to do. Nothing was changed for
          them.
        </Callout>
      )}
      {run === null && failed === 0 && adopted > 0 && (
        <Callout tone="done" isNews title={adoptedWords(adopted)}>
          Stored, read back and sealed. No file was written to.
        </Callout>
      )}
      <Skipped folder={folder} skipped={found.skipped} />
    </Strip>
  );
}

const adoptedWords = (adopted: number): string =>
  adopted === 0 ? 'No key adopted' : `${count(adopted, 'key')} adopted`;
