import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { count } from '../../text/dates.ts';
import { peakWords } from '../../text/forecast.ts';
import styles from './forecast.module.css';
import type { Load, Peak } from './load.ts';
import { PlannedDialog } from './planned-dialog.tsx';
import { SpreadDialog } from './spread-dialog.tsx';

/** A week that has clearly more than the others, with the way to spread it; and what is planned earlier already. */
export function Forecast({ load }: { readonly load: Load }) {
  const [open, setOpen] = useState<'spread' | 'planned' | null>(null);
  const { peak, planned } = load;
  const [notNow, setNotNow] = useState(declined);
  const isAsked = peak !== null && signOf(peak) !== notNow;
  const decline = () => {
    declined = peak === null ? null : signOf(peak);
    setNotNow(declined);
  };
  const close = () => setOpen(null);
  return (
    <>
      {peak !== null && isAsked && (
        <Callout
          tone="info"
          title={peakWords(peak.keys, peak.week)}
          action={
            <div className={styles.choice}>
              <Button variant="quiet" onPress={decline}>
                Not now
              </Button>
              <Button onPress={() => setOpen('spread')}>Spread them</Button>
            </div>
          }
        >
          That is clearly more than in other weeks. Some of them can be rotated earlier.
        </Callout>
      )}
      {planned.length > 0 && (
        <Callout
          tone="info"
          title={`${count(planned.length, 'key')} ${planned.length === 1 ? 'is' : 'are'} planned for earlier days`}
          action={
            <Button variant="quiet" onPress={() => setOpen('planned')}>
              Take back
            </Button>
          }
        />
      )}
      {open === 'spread' && peak !== null && <SpreadDialog load={load} peak={peak} onClose={close} />}
      {open === 'planned' && <PlannedDialog planned={planned} onClose={close} />}
    </>
  );
}

/** What one was told "Not now" to; kept while the app runs. */
let declined: string | null = null;

/** Another week, or as much as one key more or less in it, is another forecast. */
const signOf = ({ week, keys }: Peak): string => `${week} ${keys}`;
