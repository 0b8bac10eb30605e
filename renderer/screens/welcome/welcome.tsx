import type { VaultStatus } from '../../../shared/domain/vault.ts';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Ring } from '../../components/ring.tsx';
import { gateWords } from './gate-words.ts';
import { Opening } from './opening.tsx';
import { ChoosePassphrase, UnlockForm } from './passphrase-forms.tsx';
import { useVaultGate, type VaultGate } from './use-vault-gate.ts';
import styles from './welcome.module.css';

export interface WelcomeProps {
  readonly status: VaultStatus;
}

/** What stands in place of the app until the vault is open: what is the matter, and the way through. */
export function Welcome({ status }: WelcomeProps) {
  const gate = useVaultGate();
  const { vault } = status;
  if (vault.state === 'open' || vault.state === 'opening') return <Opening />;
  const { title, body, next, ways } = gateWords(status, vault);
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <Ring share={0.75} state="fine" isDecoration /> Keyturn
        </p>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.text}>{body}</p>
        {next !== '' && <p className={styles.text}>{next}</p>}
        {ways.map((way) => (
          <Way key={way} way={way} gate={gate} isFirst={way === ways[0]} />
        ))}
      </div>
    </main>
  );
}

interface WayProps {
  readonly way: ReturnType<typeof gateWords>['ways'][number];
  readonly gate: VaultGate;
  readonly isFirst: boolean;
}

function Way({ way, gate, isFirst }: WayProps) {
  const failure = gate.failure?.of === way ? gate.failure.failure : null;
  const isBusy = gate.doing === way;
  const variant = isFirst ? 'primary' : 'secondary';
  switch (way) {
    case 'keychain':
      return (
        <div className={styles.way}>
          {failure !== null && <FailureCallout failure={failure} />}
          <Button variant={variant} size="large" onPress={gate.useKeychain} isPending={isBusy}>
            Use the keychain
          </Button>
        </div>
      );
    case 'retry':
      return (
        <div className={styles.way}>
          {failure !== null && <FailureCallout failure={failure} />}
          <Button variant={variant} size="large" onPress={gate.retry} isPending={isBusy}>
            Try again
          </Button>
        </div>
      );
    case 'passphrase':
      return <ChoosePassphrase failure={failure} isBusy={isBusy} onChoose={gate.usePassphrase} />;
    case 'unlock':
      return <UnlockForm failure={failure} isBusy={isBusy} onUnlock={gate.unlock} />;
  }
}
