import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { cx } from '../../components/cx.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ColumnNames } from '../../components/list-cell.tsx';
import { Page } from '../../components/page.tsx';
import { Strip } from '../../components/strip.tsx';
import { type ListHandle, VirtualList } from '../../components/virtual-list.tsx';
import { count } from '../../text/dates.ts';
import { searchedWords, unsearchedWords } from '../../text/leaks.ts';
import { LeftOut } from '../finds/left-out.tsx';
import { Skipped } from '../finds/skipped.tsx';
import { Stopped, stoppedWords } from '../finds/stopped.tsx';
import { HookSection } from './hook-section.tsx';
import { LeakCells, LeakedKeyCells } from './leak-cells.tsx';
import styles from './leaks.module.css';
import { dangerOf, type LeakedKey, type LeakLine, leakLines } from './lines.ts';
import type { FoundLeaks } from './use-leaks.ts';

export interface FoundLeaksScreenProps {
  readonly title: string;
  readonly folder: string;
  readonly found: FoundLeaks;
  readonly wasHistoryAsked: boolean;
  readonly keys: readonly LeakedKey[];
  readonly back: ReactNode;
  readonly onAgain: () => void;
  readonly onReplace: (keyId: KeyId) => void;
}

/** What a search for leaks has found, by key; or that it has found nothing, and in how much. */
export function FoundLeaksScreen(props: FoundLeaksScreenProps) {
  const { title, folder, found, keys, back, onAgain, onReplace } = props;
  const lines = useMemo(() => leakLines(keys), [keys]);
  const list = useRef<ListHandle>(null);
  const againButton = useRef<HTMLButtonElement>(null);
  // The button that was pressed last is gone.
  useEffect(() => (list.current ?? againButton.current)?.focus(), []);
  const [isHookOpen, setHookOpen] = useState(false);
  const again = (
    <Button ref={againButton} onPress={onAgain}>
      Search again
    </Button>
  );
  if (keys.length === 0) {
    return (
      <Page
        title={title}
        actions={
          <>
            {back}
            {again}
          </>
        }
      >
        <div className={styles.stack}>
          <NothingFound {...props} />
          <NotSearched found={found} folder={folder} />
        </div>
        <HookSection folder={folder} />
      </Page>
    );
  }
  return (
    <Page
      title={title}
      aside={`${searchedWords(found)} searched`}
      width="full"
      actions={
        <>
          {back}
          <Button onPress={() => setHookOpen(true)}>Pre-commit hook</Button>
          {again}
        </>
      }
    >
      <Strip>
        <Summary keys={keys} found={found} />
        {found.stopped && <Stopped files={found.files} />}
        <NotSearched found={found} folder={folder} />
      </Strip>
      <VirtualList<LeakLine>
        label="Leaks"
        listRef={list}
        items={lines}
        keyOf={({ key }) => key}
        headingOf={noHeading}
        textOf={({ kind, leaked }) => (kind === 'key' ? leaked.name.toLowerCase() : '')}
        columns={columns.length}
        sizes="--columns-leaks"
        header={header}
        selectedKey={null}
        rowClassName={({ leaked }) => cx(dangerOf(leaked) === 'over' && styles.over)}
        renderRow={(line) =>
          line.kind === 'key' ? (
            <LeakedKeyCells leaked={line.leaked} onReplace={() => onReplace(line.leaked.keyId)} />
          ) : (
            <LeakCells leak={line.leak} isHistoryKnown={found.commits !== null} />
          )
        }
        onOpen={({ leaked }, by) => {
          // A click on a row is too light for this; the button beside the key is meant.
          if (by === 'key' && dangerOf(leaked) !== 'over') onReplace(leaked.keyId);
        }}
      />
      {isHookOpen && (
        <Dialog title="Pre-commit hook" isOpen onClose={() => setHookOpen(false)}>
          <HookSection folder={folder} />
        </Dialog>
      )}
    </Page>
  );
}

function Summary({ keys, found }: Pick<FoundLeaksScreenProps, 'keys' | 'found'>) {
  const open = keys.filter((key) => dangerOf(key) === 'alive').length;
  const places = `${count(found.leaks.length, 'place')}${found.more ? ', and in more than can be shown' : ''}`;
  const inPlaces = `${count(keys.length, 'key')} found in ${places}`;
  if (open === 0) {
    return (
      <Callout tone="done" isNews title="Every key that was found has been replaced">
        {`${inPlaces}. What still works of them ends with its grace, or when it is revoked.`}
      </Callout>
    );
  }
  const over = keys.length - open;
  return (
    <Callout
      tone="danger"
      isNews
      title={over === 0 ? inPlaces : `${inPlaces}, ${over.toLocaleString('en-GB')} of them replaced`}
    >
      Whoever can read these places can use the {open === 1 ? 'key' : 'keys'}. Removing a key from its file
      does not take it out of Git’s history. Replacing it makes what leaked worthless.
    </Callout>
  );
}

function NothingFound({ found, folder, wasHistoryAsked }: FoundLeaksScreenProps) {
  if (found.stopped) {
    return (
      <Callout tone="info" isNews title={stoppedWords(found.files)}>
        {`No value of the vault was found by then. The rest of ${folder} was not searched.`}
      </Callout>
    );
  }
  const isWhole = found.skipped.length === 0 && found.unsearched.length === 0;
  return (
    <Callout
      tone={isWhole ? 'done' : 'info'}
      isNews
      title={isWhole ? 'No value of the vault was found' : 'Nothing was found in what could be searched'}
    >
      {`${searchedWords(found)} in ${folder} searched.`}
      {found.commits === null && ` ${noHistoryWords(wasHistoryAsked && isWhole)}`}
    </Callout>
  );
}

const noHistoryWords = (isThereNone: boolean): string =>
  isThereNone ? 'No Git repository is there.' : 'Git’s history was not searched.';

/** What the search did not look into, and which keys it did not look for. */
function NotSearched({ found, folder }: Pick<FoundLeaksScreenProps, 'found' | 'folder'>) {
  const { skipped, unsearched } = found;
  return (
    <>
      <Skipped folder={folder} skipped={skipped} />
      <LeftOut
        title={`${count(unsearched.length, 'key')} could not be searched for`}
        label="Keys that were not searched for"
        items={unsearched.map(({ keyId, name, reason }) => ({
          id: `${keyId} ${reason}`,
          what: name,
          reason: unsearchedWords(reason),
        }))}
      />
    </>
  );
}

const noHeading = () => null;
const columns = ['Where', 'Commit', 'Author', 'Committed', 'Now', 'Next step'];
const unnamed = new Set(['Next step']);

const header = <ColumnNames names={columns} unnamed={unnamed} />;
