import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Connection } from '../../api/transport.ts';
import { Button } from '../../components/button.tsx';
import styles from './connection-banner.module.css';

export interface ConnectionBannerProps {
  readonly connection: Connection;
  readonly onTake: () => void;
}

/** Says that the page has no hold on the vault, and why. Nothing while it has. */
export function ConnectionBanner({ connection, onTake }: ConnectionBannerProps) {
  switch (connection) {
    case 'open':
    case 'connecting':
      return null;
    case 'lost':
      return <Banner text="Keyturn does not answer. What you see may be old. Trying again." />;
    case 'signed-out':
      return (
        <Banner text="This page is not signed in. Open the address that Keyturn printed when it started." />
      );
    case 'in-use':
      return (
        <Banner
          text="Keyturn is open in another page."
          action={
            <Button size="small" onPress={onTake}>
              Use it here
            </Button>
          }
        />
      );
  }
}

function Banner({ text, action }: { readonly text: string; readonly action?: ReactNode }) {
  return (
    <div role="alert" className={styles.banner}>
      <Unplug aria-hidden className={styles.icon} />
      <p className={styles.text}>{text}</p>
      {action}
    </div>
  );
}
