import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { InTheDashboard } from '../generate-key/in-the-dashboard.tsx';
import styles from './rotation.module.css';
import type { Acting } from './work-buttons.tsx';

export interface RevocationNeededProps {
  readonly connection: ConnectionView;
  readonly acting: Acting;
  readonly onDone: () => void;
}

/** Leads the user to where the key is revoked, and takes their word that it was; the provider is asked if it can be. */
export function RevocationNeeded({ connection, acting, onDone }: RevocationNeededProps) {
  return (
    <div className={styles.stack}>
      <InTheDashboard provider={connection.provider} url={connection.dashboardUrl} purpose="revoke" />
      <div className={styles.buttons}>
        <Button variant="primary" onPress={onDone} isPending={acting.step === 'continuing'}>
          I have revoked it
        </Button>
      </div>
    </div>
  );
}
