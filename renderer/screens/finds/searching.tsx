import { Button } from '../../components/button.tsx';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { searchDoing, searchWords } from '../../text/finds.ts';
import styles from './finds.module.css';
import { useSearchProgress } from './use-search-progress.ts';

export interface SearchingProps {
  readonly folder: string;
  readonly isCancelling: boolean;
  readonly onCancel: () => void;
}

/** A search that runs: what it is at, how far it has come, and the way to stop it. */
export function Searching({ folder, isCancelling, onCancel }: SearchingProps) {
  const progress = useSearchProgress();
  return (
    <div className={styles.searching}>
      <p className={styles.folder}>{folder}</p>
      <ProgressBar
        label={searchDoing(progress)}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
        words={searchWords(progress)}
      />
      <div className={styles.buttons}>
        <p className={styles.state} role="status">
          {/* Until it is known how much there is, the bar stands still. */}
          {progress?.total === null && <Spinner />}
          {isCancelling ? 'Stopping.' : 'Leaving this page stops the search.'}
        </p>
        <Button isPending={isCancelling} onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
