import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Page } from '../../components/page.tsx';
import { SearchForm } from '../finds/search-form.tsx';
import { Searching } from '../finds/searching.tsx';
import { FoundLeaksScreen } from './found-leaks-screen.tsx';
import { HookSection } from './hook-section.tsx';
import { useLeaks } from './use-leaks.ts';

export interface LeaksScreenProps {
  readonly onLeave: () => void;
  /** Leads to replacing a key that has leaked. */
  readonly onReplace: (keyId: KeyId) => void;
}

const title = 'Check for leaks';
const intro =
  'Keyturn looks for the very values that the vault holds, in every file of the folder. Files that a key is written to on ' +
  'purpose do not count, unless Git tracks them. Nothing found is stored or sent.';

/** Looks for the vault's values where they should not be, and leads from each to replacing its key. */
export function LeaksScreen({ onLeave, onReplace }: LeaksScreenProps) {
  const { look, setLook, search, actions, keys } = useLeaks();
  const back = (
    <Button variant="quiet" onPress={onLeave}>
      Back to keys
    </Button>
  );
  switch (search.step) {
    case 'choosing':
      return (
        <Page title={title} actions={back}>
          <SearchForm
            intro={intro}
            folder={look.folder}
            onFolder={(folder) => setLook({ folder })}
            failure={search.failure}
            failureAction={
              search.failure?.code === 'git-unavailable' && (
                <Button onPress={() => setLook({ history: false })}>Leave the history out</Button>
              )
            }
            submitLabel="Check for leaks"
            onSearch={actions.search}
          >
            <Checkbox
              label="Search the Git history too"
              help="Everything that the repository ever held, on every branch. This takes longer."
              isSelected={look.history}
              onChange={(history) => setLook({ history })}
            />
          </SearchForm>
          <HookSection folder={look.folder} />
        </Page>
      );
    case 'searching':
      return (
        <Page title={title} actions={back}>
          <Searching folder={look.folder} isCancelling={search.isCancelling} onCancel={actions.cancel} />
        </Page>
      );
    case 'found':
      return (
        <FoundLeaksScreen
          title={title}
          folder={search.folder}
          found={search.found}
          wasHistoryAsked={look.history}
          keys={keys}
          back={back}
          onAgain={actions.again}
          onReplace={onReplace}
        />
      );
    default:
      return assertNever(search);
  }
}
