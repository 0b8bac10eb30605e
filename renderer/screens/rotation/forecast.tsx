import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { count } from '../../text/dates.ts';
import { peakWords } from '../../text/forecast.ts';
import type { Load } from './load.ts';
import { PlannedDialog } from './planned-dialog.tsx';
import { SpreadDialog } from './spread-dialog.tsx';

/** A week that has clearly more than the others, with the way to spread it; and what is planned earlier already. */
export function Forecast({ load }: { readonly load: Load }) {
  const [open, setOpen] = useState<'spread' | 'planned' | null>(null);
  const { peak, planned } = load;
  const close = () => setOpen(null);
  return (
    <>
      {peak !== null && (
        <Callout
          tone="info"
          title={peakWords(peak.keys, peak.week)}
          action={<Button onPress={() => setOpen('spread')}>Spread them</Button>}
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
