import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ColumnNames } from '../../components/list-cell.tsx';
import { Page } from '../../components/page.tsx';
import { useNow } from '../../components/use-now.ts';
import { type ListHandle, VirtualList } from '../../components/virtual-list.tsx';
import { count } from '../../text/dates.ts';
import { AdoptStrip } from './adopt-strip.tsx';
import { FindCells } from './find-cells.tsx';
import { FindDetail } from './find-detail.tsx';
import { findViews, readyToAdopt, unconnectedFinds, unconnectedProviders } from './find-view.ts';
import styles from './finds.module.css';
import type { FindsScreenProps } from './finds-screen.tsx';
import { type FindLine, findLines } from './lines.ts';
import type { AdoptOutcome } from './outcome.ts';
import { Skipped } from './skipped.tsx';
import { stoppedWords } from './stopped.tsx';
import { Strangers } from './strangers.tsx';
import type { Decisions, Found } from './use-finds.ts';

export interface FoundScreenProps extends FindsScreenProps {
  readonly title: string;
  readonly back: ReactNode;
  readonly folder: string;
  readonly found: Found;
  readonly decisions: Decisions;
  readonly onAgain: () => void;
}

/** The find that is open beside the list. Whoever opens it by keyboard wants to act on it; whoever moves stays in the list. */
interface Opened {
  readonly id: string;
  readonly takesFocus: boolean;
}

/** What was found, to be looked at, chosen and adopted. */
export function FoundScreen(props: FoundScreenProps) {
  const { found, folder, decisions, onAgain } = props;
  const { outcomes, run } = decisions;
  const now = useNow();
  const list = useRef<ListHandle>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const again = useRef<HTMLButtonElement>(null);
  // The button that was pressed last is gone.
  useEffect(() => (list.current ?? again.current)?.focus(), []);
  const arranged = useArranged(outcomes, run !== null);
  const views = useMemo(() => findViews(found.finds, decisions), [found.finds, decisions]);
  const unconnected = useMemo(() => unconnectedFinds(views), [views]);
  const lines = useMemo(
    () => findLines(found.finds, arranged, unconnected),
    [found.finds, arranged, unconnected],
  );
  const ready = readyToAdopt(views);
  const open = opened === null ? undefined : views.get(opened.id);
  const isBeside = open !== undefined;
  const searched = `${count(found.files, 'file')} searched`;

  if (found.finds.length === 0) {
    return (
      <Page title={props.title} width="full" actions={props.back}>
        <EmptyState
          title={found.stoppedAfter === null ? 'No keys found' : stoppedWords(found.stoppedAfter)}
          actions={
            <Button ref={again} variant="primary" onPress={onAgain}>
              Search another folder
            </Button>
          }
        >
          <p>
            {found.files === 0 && found.stoppedAfter === null
              ? `There is no .env file in ${folder} or in the folders in it.`
              : `${searched} in ${folder}. No value in them looks like a key.`}
          </p>
          <Strangers folder={folder} strangers={found.strangers} onDescribe={props.onDescribeProvider} />
          <Skipped folder={folder} skipped={found.skipped} />
        </EmptyState>
      </Page>
    );
  }

  const toggle = (id: string, isChosen: boolean) => decisions.choose([id], isChosen);
  const choosable = [...views.values()].filter(({ canBeChosen, lack }) => canBeChosen && lack === null);
  const chosen = [...views.values()].filter(({ canBeChosen, draft }) => canBeChosen && draft.isChosen);
  return (
    <Page
      title={props.title}
      aside={`${count(found.finds.length, 'value')} found, ${searched}`}
      width="full"
      actions={
        <>
          {props.back}
          <Button isDisabled={run !== null} onPress={onAgain}>
            Search again
          </Button>
          <Button
            variant="primary"
            isDisabled={ready.length === 0 || run !== null}
            onPress={() => {
              decisions.adopt(ready, false);
              // The button has nothing more to do.
              list.current?.focus();
            }}
          >
            {ready.length === 0 ? 'Adopt keys' : `Adopt ${count(ready.length, 'key')}`}
          </Button>
        </>
      }
      toolbar={
        <>
          <Button
            size="small"
            isDisabled={choosable.every(({ draft }) => draft.isChosen)}
            onPress={() =>
              decisions.choose(
                choosable.map(({ find }) => find.id),
                true,
              )
            }
          >
            Choose all
          </Button>
          <Button
            size="small"
            isDisabled={chosen.length === 0}
            onPress={() =>
              decisions.choose(
                chosen.map(({ find }) => find.id),
                false,
              )
            }
          >
            Choose none
          </Button>
          <p className={styles.quiet} role="status">
            {run === null && chosenWords(chosen.length, chosen.length - ready.length)}
          </p>
        </>
      }
    >
      <AdoptStrip
        decisions={decisions}
        found={found}
        folder={folder}
        unconnected={unconnectedProviders(views)}
        onAddProvider={props.onAddProvider}
        onDescribeProvider={props.onDescribeProvider}
      />
      <div className={cx(styles.split, isBeside && styles.open)}>
        <div className={styles.list}>
          <VirtualList<FindLine>
            label="Found keys"
            listRef={list}
            items={lines}
            keyOf={lineKey}
            headingOf={lineHeading}
            textOf={lineText}
            columns={isBeside ? besideColumns : columns.length}
            sizes={isBeside ? '--columns-finds-beside' : '--columns-finds'}
            {...(isBeside ? {} : { header })}
            selectedKey={opened?.id ?? null}
            rowClassName={(line) =>
              cx(line.kind === 'find' && views.get(line.key)?.canBeChosen === false && styles.faded)
            }
            renderRow={(line) => {
              const view = views.get(line.key);
              return (
                view !== undefined && (
                  <FindCells
                    view={view}
                    folder={folder}
                    now={now}
                    isBeside={isBeside}
                    onChoose={(isChosen) => toggle(view.find.id, isChosen)}
                  />
                )
              );
            }}
            onSpace={{
              words: 'Space chooses a key to be adopted',
              act: ({ key }) => {
                const view = views.get(key);
                if (view?.canBeChosen === true) toggle(key, !view.draft.isChosen);
              },
            }}
            onActive={(line) => {
              if (isBeside && line.kind === 'find') setOpened({ id: line.key, takesFocus: false });
            }}
            onOpen={(line, by) => {
              if (line.kind === 'find') setOpened({ id: line.key, takesFocus: by === 'key' });
            }}
          />
        </div>
        {open !== undefined && (
          <FindDetail
            key={open.find.id}
            takesFocus={opened?.takesFocus === true}
            view={open}
            folder={folder}
            now={now}
            decisions={decisions}
            onClose={() => {
              setOpened(null);
              list.current?.focus();
            }}
            onOpenKey={props.onOpenKey}
            onTakeIn={props.onTakeIn}
            onAddProvider={props.onAddProvider}
            onWriteHere={props.onWriteHere}
          />
        )}
      </div>
    </Page>
  );
}

function chosenWords(chosen: number, lacking: number): string {
  const words = `${chosen.toLocaleString('en-GB')} chosen`;
  return lacking === 0 ? words : `${words}, ${lacking.toLocaleString('en-GB')} of them not ready`;
}

/** The outcomes as they were before many are adopted, so that nothing moves under the pointer meanwhile. */
function useArranged(
  outcomes: ReadonlyMap<string, AdoptOutcome>,
  isRunning: boolean,
): ReadonlyMap<string, AdoptOutcome> {
  const kept = useRef(outcomes);
  if (!isRunning) kept.current = outcomes;
  return kept.current;
}

const lineKey = (line: FindLine): string => line.key;
const lineHeading = (line: FindLine) => (line.kind === 'heading' ? line : null);
const lineText = (line: FindLine): string => (line.kind === 'find' ? line.variable.toLowerCase() : '');

const columns = ['Adopt', 'Variable', 'Ends in', 'Provider', 'Environment', 'File', 'Age', 'State'];
/** Columns whose cells say by themselves what they are. */
const unnamed = new Set(['Adopt', 'Environment']);
const besideColumns = 4;

const header = <ColumnNames names={columns} unnamed={unnamed} />;
