import { useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Fact } from '../../components/fact-list.tsx';
import { periodSentence } from '../../text/period.ts';
import { asUsual } from '../policy/period-draft.ts';
import { isLonger, recommendedBy } from '../policy/recommended.ts';
import { type PeriodSettings, periodOfConnection } from '../policy/usual.ts';
import styles from './providers.module.css';
import { RotationDialog } from './rotation-dialog.tsx';

export interface RotationFactProps {
  readonly connection: ConnectionView;
  readonly settings: PeriodSettings;
}

/** How often the keys of a connection are rotated where they do not say so themselves, and by whose word. */
export function RotationFact({ connection, settings }: RotationFactProps) {
  const [isChanging, setChanging] = useState(false);
  const { provider } = connection;
  const period = periodOfConnection(connection, settings);
  const recommended = recommendedBy(provider);
  return (
    <Fact label="Rotation">
      <div className={styles.rotation}>
        <span>
          {periodSentence(period, { provider: provider.name, connection: connection.name })}.
          {recommended !== null && isLonger(asUsual, period, recommended) && (
            <span className={styles.quiet}> {recommended.words}</span>
          )}
        </span>
        <Button size="small" variant="quiet" onPress={() => setChanging(true)}>
          Change
        </Button>
      </div>
      {isChanging && (
        <RotationDialog connection={connection} settings={settings} onClose={() => setChanging(false)} />
      )}
    </Fact>
  );
}
