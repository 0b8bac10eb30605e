import { useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import type { PlaceToWrite } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Page } from '../../components/page.tsx';
import { UnreadyPage } from '../../components/unready.tsx';
import { FoundScreen } from './found-screen.tsx';
import { SearchForm } from './search-form.tsx';
import { Searching } from './searching.tsx';
import { useFinds } from './use-finds.ts';

export interface FindsScreenProps {
  readonly onLeave: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onTakeIn: () => void;
  /** Leads to adding a connection, to this provider where one is named. */
  readonly onAddProvider: (providerId?: string) => void;
  /** Leads to adding the definition of a provider that Keyturn does not know. */
  readonly onDescribeProvider: () => void;
  /** Leads to writing a key into a file. */
  readonly onWriteHere: (keyId: KeyId, target: PlaceToWrite) => void;
}

const title = 'Find keys in a folder';
const intro =
  'Keyturn looks into the .env files of the folder and of the folders in it, and recognises keys by their form and by ' +
  'what their variables are called. Nothing is sent anywhere and no file is changed. You choose what comes into the vault.';

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
          <SearchForm
            intro={intro}
            folder={folder}
            folderHelp="Folders of packages and builds, such as node_modules, are left out."
            onFolder={setFolder}
            failure={search.failure}
            submitLabel="Find keys"
            onSearch={actions.search}
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
          back={back}
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
