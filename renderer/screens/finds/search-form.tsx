import type { ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { searchFailureWords } from '../../text/finds.ts';
import { FolderField } from './folder-field.tsx';
import styles from './search-form.module.css';
import { cancelSearch } from './use-search.ts';

export interface SearchFormProps {
  readonly intro: string;
  readonly folder: string;
  readonly folderHelp?: string;
  readonly onFolder: (folder: string) => void;
  /** Why the last search did not come to its end. */
  readonly failure: PageFailure | null;
  /** The next step after a failure of this search's own kind; null where there is none. */
  readonly failureAction?: ReactNode;
  readonly submitLabel: string;
  /** Called with the folder, which is not empty. */
  readonly onSearch: (folder: string) => void;
  /** What else is asked. */
  readonly children?: ReactNode;
}

/** Asks for the folder that is to be searched, and says why the last search failed. */
export function SearchForm(props: SearchFormProps) {
  const { intro, folder, folderHelp, failure, failureAction = null, submitLabel } = props;
  const named = folder.trim();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (named !== '') props.onSearch(named);
      }}
    >
      <p className={styles.intro}>{intro}</p>
      {failure !== null && (
        <FailureWords
          words={searchFailureWords(failure)}
          action={
            failure.code === 'search-running' ? (
              <Button onPress={cancelSearch}>Stop that search</Button>
            ) : (
              failureAction
            )
          }
        />
      )}
      <FolderField
        value={folder}
        onChange={props.onFolder}
        {...(folderHelp === undefined ? {} : { help: folderHelp })}
      />
      {props.children}
      <Button variant="primary" type="submit" isDisabled={named === ''}>
        {submitLabel}
      </Button>
    </form>
  );
}
