import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { PlaceToWrite } from '../../app-state.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Value } from '../../components/value.tsx';
import { count } from '../../text/dates.ts';
import { ageWords, becauseWords } from '../../text/finds.ts';
import { type FindDraft, unfollowedFiles } from './draft.ts';
import { FindFields } from './find-fields.tsx';
import { FindFiles } from './find-files.tsx';
import type { FindView } from './find-view.ts';
import styles from './finds.module.css';
import { OldValue } from './old-value.tsx';
import type { Decisions } from './use-finds.ts';

export interface FindDetailProps {
  readonly view: FindView;
  readonly folder: string;
  readonly takesFocus: boolean;
  readonly now: number;
  readonly decisions: Decisions;
  readonly onClose: () => void;
  readonly onOpenKey: (keyId: KeyId) => void;
  readonly onTakeIn: () => void;
  readonly onAddProvider: (providerId?: string) => void;
  readonly onWriteHere: (keyId: KeyId, target: PlaceToWrite) => void;
}

/** One find: why it is taken for a key, what is decided about it, and what became of it. */
export function FindDetail(props: FindDetailProps) {
  const { view, folder, takesFocus, now, decisions, onClose } = props;
  const { find, draft, variable, environment, provider, outcome } = view;
  const change = (part: Partial<FindDraft>) => decisions.change(find.id, part);
  const isOver = outcome?.state === 'adopted';
  const isKept = find.known !== null && unfollowedFiles(find).length === 0;
  const age = ageWords(find.since, now);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  return (
    <article
      aria-label={variable}
      className={styles.detail}
      onKeyDown={(event) => {
        // A list that is open in it closes first.
        if (event.key === 'Escape' && !event.defaultPrevented) onClose();
      }}
    >
      <header className={styles.header}>
        <h2 ref={title} tabIndex={-1} className={styles.title} title={variable}>
          {variable}
        </h2>
        <Value lastFour={find.lastFour} />
        {environment !== null && <EnvironmentBadge environment={environment} />}
        <span className={styles.gap} />
        <IconButton label="Close" icon={X} onPress={onClose} />
      </header>
      <div className={styles.body}>
        <Outcome {...props} />
        {find.revoked !== null && (
          <OldValue find={find} revoked={find.revoked} folder={folder} onWriteHere={props.onWriteHere} />
        )}
        {find.known === null && find.revoked === null && (
          <p className={styles.quiet}>
            {becauseWords(find, provider)}
            {age !== '' && ` ${age}.`}
          </p>
        )}
        {find.known === null && find.revoked === null && !isOver && (
          <FindFields
            view={view}
            world={decisions.world}
            isLocked={decisions.run !== null}
            onChange={change}
            onAddProvider={() => props.onAddProvider(provider?.id)}
            onTakeIn={props.onTakeIn}
          />
        )}
        <FindFiles
          find={find}
          folder={folder}
          follow={draft.follow}
          isLocked={
            find.revoked !== null ||
            isOver ||
            isKept ||
            decisions.run !== null ||
            (find.known === null && provider === null)
          }
          onFollow={(follow) => change({ follow })}
        />
      </div>
      <Foot {...props} isKept={isKept} />
    </article>
  );
}

/** What can be done with it now, other than what its outcome offers. */
function Foot({ view, decisions, isKept, onOpenKey }: FindDetailProps & { readonly isKept: boolean }) {
  const { find, draft, outcome, lack } = view;
  const keyId = outcome?.state === 'adopted' ? outcome.keyId : find.known?.id;
  const isOpen =
    find.revoked === null && !isKept && outcome?.state !== 'adopted' && outcome?.state !== 'failed';
  if (keyId === undefined && !isOpen) return null;
  return (
    <footer className={styles.foot}>
      {keyId !== undefined && <Button onPress={() => onOpenKey(keyId)}>Open key</Button>}
      {isOpen && (
        <Button
          variant="primary"
          isPending={outcome?.state === 'running'}
          isDisabled={lack !== null || decisions.run !== null}
          onPress={() => decisions.adopt([find], false)}
        >
          {find.known === null ? 'Adopt this key' : `Follow ${count(draft.follow.length, 'file')}`}
        </Button>
      )}
    </footer>
  );
}

/** What became of it, with the next step where it was not adopted. */
function Outcome({ view, decisions }: FindDetailProps) {
  const { find, outcome, lack } = view;
  if (outcome?.state === 'adopted') {
    return (
      <Callout tone="done" title={find.known === null ? 'It is in the vault' : 'The vault follows the files'}>
        {find.known === null
          ? 'Stored, read back and sealed. The files that it follows were not written to: they hold it already.'
          : 'They were not written to: they hold the key already.'}
      </Callout>
    );
  }
  if (outcome?.state === 'failed') {
    const isUnusual = outcome.failure.code === 'key-form-unusual';
    return (
      <FailureCallout
        failure={outcome.failure}
        action={
          <Button
            isDisabled={lack !== null || decisions.run !== null}
            onPress={() => decisions.adopt([find], isUnusual)}
          >
            {isUnusual ? 'Adopt anyway' : 'Try again'}
          </Button>
        }
      />
    );
  }
  if (find.known === null) return null;
  return (
    <Callout tone="info" title={`In the vault as ${find.known.name}`}>
      {unfollowedFiles(find).length === 0
        ? 'It follows every file that holds this value.'
        : 'The vault does not know of every file that holds it. A file that it follows gets the new value when the key is replaced.'}
    </Callout>
  );
}
