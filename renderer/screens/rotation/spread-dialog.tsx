import type { WeekLoad } from '../../../shared/domain/spread.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { count } from '../../text/dates.ts';
import { dayWords, peakWords, weekdayWords } from '../../text/forecast.ts';
import styles from './forecast.module.css';
import type { Load, Peak } from './load.ts';
import { useSpread } from './use-spread.ts';

export interface SpreadDialogProps {
  readonly load: Load;
  readonly peak: Peak;
  readonly onClose: () => void;
}

const shown = 200;

/** What moves where when a full week is spread, before it is done. */
export function SpreadDialog({ load, peak, onClose }: SpreadDialogProps) {
  const { isBusy, failure, plan } = useSpread();
  const { moves } = peak;
  const fewest = peak.after.find(({ week }) => week === peak.week)?.keys ?? 0;
  const spread = async () => {
    if (await plan(moves)) onClose();
  };
  return (
    <Dialog
      title="Spread them"
      description={`${peakWords(peak.keys, peak.week)}. ${count(moves.length, 'key')} can be rotated up to four weeks earlier, which leaves ${fewest} in that week. It is for this once: a key’s period stays as it is, and a plan can be taken back.`}
      isOpen
      onClose={isBusy ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isBusy}>
            Cancel
          </Button>
          <Button variant="primary" isPending={isBusy} onPress={() => void spread()}>
            {`Plan ${count(moves.length, 'key')} earlier`}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        {failure !== null && <FailureCallout failure={failure} />}
        <BeforeAndAfter before={load.weeks} after={peak.after} until={peak.week} />
        <ul className={styles.moves} aria-label="What moves where">
          {moves.slice(0, shown).map(({ key, from, to }) => (
            <li key={key.id} className={styles.move}>
              <span className={styles.name}>{key.name}</span>
              <span className={styles.quiet}>{key.provider}</span>
              <span className={styles.days}>
                {weekdayWords(from)} <span aria-hidden>→</span>
                <span className="hidden-words">moves to</span> {weekdayWords(to)}
              </span>
            </li>
          ))}
        </ul>
        {moves.length > shown && (
          <p className={styles.quiet}>{`and ${count(moves.length - shown, 'more key')}`}</p>
        )}
      </div>
    </Dialog>
  );
}

interface BeforeAndAfterProps {
  readonly before: readonly WeekLoad[];
  readonly after: readonly WeekLoad[];
  /** The week that is spread, and the last one that is shown. */
  readonly until: number;
}

/** The weeks that change, each with how many keys it has and would have. */
function BeforeAndAfter({ before, after, until }: BeforeAndAfterProps) {
  const keysIn = (load: readonly WeekLoad[], week: number) =>
    load.find((one) => one.week === week)?.keys ?? 0;
  const weeks = [28, 21, 14, 7, 0].map((earlier) => until - earlier);
  const rows = weeks
    .map((week) => ({ week, before: keysIn(before, week), after: keysIn(after, week) }))
    .filter((row) => row.before > 0 || row.after > 0);
  const most = Math.max(1, ...rows.flatMap((row) => [row.before, row.after]));
  return (
    <table className={styles.weeks}>
      <caption className="hidden-words">Keys per week, now and then</caption>
      <thead>
        <tr>
          <th scope="col">Week of</th>
          <th scope="col">Now</th>
          <th scope="col">Then</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.week}>
            <th scope="row">{dayWords(row.week)}</th>
            <td>{row.before}</td>
            <td>{row.after}</td>
            <td className={styles.bars}>
              <span className={styles.was} style={{ inlineSize: `${(row.before / most) * 100}%` }} />
              <span className={styles.then} style={{ inlineSize: `${(row.after / most) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
