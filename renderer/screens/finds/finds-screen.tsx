import { useId, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import { Page } from '../../components/page.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { searchFailureWords } from '../../text/finds.ts';
import styles from './finds.module.css';
import { FolderField } from './folder-field.tsx';
import { FoundScreen } from './found-screen.tsx';
import { Searching } from './searching.tsx';
import { useFinds } from './use-finds.ts';
import { cancelSearch } from './use-search.ts';

export interface FindsScreenProps {
  readonly onLeave: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onTakeIn: () => void;
  readonly onAddProvider: () => void;
}

const title = 'Find keys in a folder';

/** Finds keys that stand in a folder's `.env` files and takes the chosen ones into the vault. */
export function FindsScreen(props: FindsScreenProps) {
  const state = useFinds();
  const [folder, setFolder] = useState('');
  switch (state.state) {
    case 'loading':
    case 'failed':
      return <UnreadyPage title={title} of={state} />;
    case 'ready':
      break;
    default:
      return assertNever(state);
  }
  const { search, actions, decisions } = state;
  const back = (
    <Button variant="quiet" onPress={props.onLeave}>
      Back to keys
    </Button>
  );
  switch (search.step) {
    case 'choosing':
      return (
        <Page title={title} actions={back}>
          <ChooseFolder
            folder={folder}
            failure={search.failure}
            onChange={setFolder}
            onSearch={() => actions.search(folder.trim())}
          />
        </Page>
      );
    case 'searching':
      return (
        <Page title={title} actions={back}>
          <Searching folder={folder} isCancelling={search.isCancelling} onCancel={actions.cancel} />
        </Page>
      );
    case 'found':
      return (
        <FoundScreen
          {...props}
          title={title}
          folder={search.folder}
          found={search.found}
          decisions={decisions}
          onAgain={actions.again}
        />
      );
    default:
      return assertNever(search);
  }
}

interface ChooseFolderProps {
  readonly folder: string;
  readonly failure: PageFailure | null;
  readonly onChange: (folder: string) => void;
  readonly onSearch: () => void;
}

function ChooseFolder({ folder, failure, onChange, onSearch }: ChooseFolderProps) {
  const id = useId();
  return (
    <form
      id={id}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim() !== '') onSearch();
      }}
    >
      <p className={styles.quiet}>
        Keyturn looks into the .env files of the folder and of the folders in it, and recognises keys by their
        form and by what their variables are called. Nothing is sent anywhere and no file is changed. You
        choose what comes into the vault.
      </p>
      {failure !== null && (
        <FailureWords
          words={searchFailureWords(failure)}
          action={
            failure.code === 'search-running' ? (
              <Button onPress={cancelSearch}>Stop that search</Button>
            ) : null
          }
        />
      )}
      <FolderField
        value={folder}
        onChange={onChange}
        help="Folders of packages and builds, such as node_modules, are left out."
      />
      <Button variant="primary" type="submit" isDisabled={folder.trim() === ''}>
        Find keys
      </Button>
    </form>
  );
}
