import type { VaultStatus } from '../../../shared/domain/vault.ts';
import type { AppStatus } from '../../../shared/ipc/app.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { Section } from '../../components/section.tsx';
import { placeOf, vaultLine } from '../../text/vault.ts';
import styles from './settings.module.css';
import type { Acting } from './use-settings-screen.ts';

export interface VaultSectionProps {
  readonly vault: VaultStatus;
  readonly acting: Acting;
  readonly onLock: () => void;
  readonly onRetry: () => void;
}

/** Where secrets are kept, in plain words, and whether they can be reached. */
export function VaultSection({ vault, acting, onLock, onRetry }: VaultSectionProps) {
  const { text, isWell } = vaultLine(vault);
  return (
    <Section title="Vault" actions={<VaultButtons {...{ vault, acting, onLock, onRetry }} />}>
      <FactList>
        <Fact label="State">
          <Badge tone={isWell ? 'done' : 'attention'}>{stateWord(vault)}</Badge>
          {!isWell && <span className={styles.quiet}> {text}</span>}
        </Fact>
        <Fact label="Secrets">{placeOf(vault)}</Fact>
        <Fact label="What is in it">{storeWords(vault)}</Fact>
        <Fact label="Everything else">
          Names, dates, targets and settings are ordinary files in the data folder, sealed against changes.
          None of them holds a key.
        </Fact>
      </FactList>
    </Section>
  );
}

function VaultButtons({ vault, acting, onLock, onRetry }: VaultSectionProps) {
  switch (vault.vault.state) {
    case 'open':
      return (
        <Button onPress={onLock} isPending={acting.step === 'locking'}>
          Lock
        </Button>
      );
    case 'opening':
    case 'unset':
      return null;
    case 'locked':
    case 'absent':
    case 'denied':
    case 'unanswered':
    case 'foreign':
    case 'damaged':
      return (
        <Button onPress={onRetry} isPending={acting.step === 'retrying'}>
          {vault.vault.state === 'locked' ? 'Unlock' : 'Try again'}
        </Button>
      );
  }
}

function stateWord(vault: VaultStatus): string {
  switch (vault.vault.state) {
    case 'open':
      return 'Unlocked';
    case 'locked':
      return 'Locked';
    case 'opening':
      return 'Opening';
    case 'unset':
      return 'Not set up';
    case 'absent':
      return 'Not there';
    case 'denied':
      return 'Access refused';
    case 'unanswered':
      return 'No answer';
    case 'foreign':
      return 'Another keychain';
    case 'damaged':
      return 'Damaged';
  }
}

function storeWords(vault: VaultStatus): string {
  if (vault.store !== 'sealed-files') {
    return 'Every key and every provider’s credential is an entry of its own in the system’s keychain, under the name “keyturn”.';
  }
  return vault.lockedBy === 'keychain'
    ? 'Every key and every provider’s credential is an encrypted file. What opens them is in the system’s keychain.'
    : 'Every key and every provider’s credential is an encrypted file. What opens them is locked by your passphrase, which is kept nowhere.';
}

/** The app itself: its version and where its files are. */
export function AboutSection({ app }: { readonly app: AppStatus }) {
  return (
    <Section title="About">
      <FactList>
        <Fact label="Version">
          Keyturn {app.version} on {app.platform}, {app.host === 'electron' ? 'as an app' : 'in a browser'}
        </Fact>
        <Fact label="Data folder">
          <span className="mono">{app.dataFolder}</span>
        </Fact>
      </FactList>
    </Section>
  );
}
