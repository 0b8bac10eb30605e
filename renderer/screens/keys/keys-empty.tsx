import { ClipboardPaste, FlaskConical, FolderSearch, Plug, Plus } from 'lucide-react';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import styles from './keys-empty.module.css';

export interface KeysEmptyProps {
  readonly hasConnections: boolean;
  readonly isStartingSandbox: boolean;
  readonly onSandbox: () => void;
  readonly onAddProvider: () => void;
  readonly onGenerate: () => void;
  readonly onTakeIn: () => void;
  readonly onFindKeys: () => void;
}

/** Before the first key: the ways to begin. */
export function KeysEmpty(props: KeysEmptyProps) {
  if (props.hasConnections) {
    return (
      <EmptyState
        picture={<EmptyRing />}
        title="No keys yet"
        actions={
          <>
            <Button icon={ClipboardPaste} onPress={props.onTakeIn}>
              Take in a key
            </Button>
            <Button icon={FolderSearch} onPress={props.onFindKeys}>
              Find keys in a folder
            </Button>
            <Button variant="primary" icon={Plus} onPress={props.onGenerate}>
              Generate key
            </Button>
          </>
        }
      >
        <p>
          Keyturn asks the provider for a key, keeps it in your keychain and writes it where it is needed.
          Keys that you have already can be taken in one by one, or found in the .env files of a folder.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      picture={<EmptyRing />}
      title="No keys yet"
      actions={
        <>
          <Button icon={ClipboardPaste} onPress={props.onTakeIn}>
            Take in a key
          </Button>
          <Button icon={FolderSearch} onPress={props.onFindKeys}>
            Find keys in a folder
          </Button>
          <Button icon={Plug} onPress={props.onAddProvider}>
            Add provider
          </Button>
          <Button
            variant="primary"
            icon={FlaskConical}
            isPending={props.isStartingSandbox}
            onPress={props.onSandbox}
          >
            Try it with the sandbox
          </Button>
        </>
      }
    >
      <p>
        Keyturn gets keys from providers, keeps them in your keychain, writes them where they are needed and
        turns them over before they grow old. Keys that you have already can be taken in one by one, or found
        in the .env files of a folder. The sandbox is a provider inside the app: no account, nothing real.
      </p>
    </EmptyState>
  );
}

function EmptyRing() {
  return (
    <svg viewBox="0 0 64 64" className={styles.ring} aria-hidden="true">
      <circle cx="32" cy="32" r="26" className={styles.track} />
      <circle
        cx="32"
        cy="32"
        r="26"
        pathLength="100"
        strokeDasharray="18 100"
        transform="rotate(-90 32 32)"
        className={styles.arc}
      />
      <path d="M32 22v20M22 32h20" className={styles.plus} />
    </svg>
  );
}
