import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import { Page } from '../../components/page.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { searchFailureWords } from '../../text/finds.ts';
import { FolderField } from '../finds/folder-field.tsx';
import { Searching } from '../finds/searching.tsx';
import { cancelSearch } from '../finds/use-search.ts';
import { FoundLeaksScreen } from './found-leaks-screen.tsx';
import { HookSection } from './hook-section.tsx';
import styles from './leaks.module.css';
import { type LeaksLook, useLeaks } from './use-leaks.ts';

export interface LeaksScreenProps {
  readonly onLeave: () => void;
  /** Leads to replacing a key that has leaked. */
  readonly onReplace: (keyId: KeyId) => void;
}

const title = 'Check for leaks';

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
          <WhereToLook
            look={look}
            failure={search.failure}
            onChange={setLook}
            onSearch={() => actions.search(look.folder.trim())}
          />
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

interface WhereToLookProps {
  readonly look: LeaksLook;
  readonly failure: PageFailure | null;
  readonly onChange: (change: Partial<LeaksLook>) => void;
  readonly onSearch: () => void;
}

function WhereToLook({ look, failure, onChange, onSearch }: WhereToLookProps) {
  const isEmpty = look.folder.trim() === '';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) onSearch();
      }}
    >
      <p className={styles.quiet}>
        Keyturn looks for the very values that the vault holds, in every file of the folder. Files that a key
        is written to on purpose do not count, unless Git tracks them. Nothing found is stored or sent.
      </p>
      {failure !== null && (
        <FailureWords words={searchFailureWords(failure)} action={nextStep(failure, onChange)} />
      )}
      <FolderField value={look.folder} onChange={(folder) => onChange({ folder })} />
      <Checkbox
        label="Search the Git history too"
        help="Everything that the repository ever held, on every branch. This takes longer."
        isSelected={look.history}
        onChange={(history) => onChange({ history })}
      />
      <Button variant="primary" type="submit" isDisabled={isEmpty}>
        Check for leaks
      </Button>
    </form>
  );
}

function nextStep(failure: PageFailure, onChange: WhereToLookProps['onChange']) {
  if (failure.code === 'search-running') return <Button onPress={cancelSearch}>Stop that search</Button>;
  if (failure.code !== 'git-unavailable') return null;
  return <Button onPress={() => onChange({ history: false })}>Leave the history out</Button>;
}
