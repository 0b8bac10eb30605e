import { useId } from 'react';
import { Button } from '../../components/button.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { hrefOf } from '../frame/router.ts';
import type { NoticedKey, NoticeView, Said } from './notice-view.ts';
import styles from './reminders.module.css';
import { SnoozeMenu } from './snooze-menu.tsx';

export interface NoticeItemProps {
  readonly notice: NoticeView;
  /** Whether it was not seen before. */
  readonly isFresh: boolean;
  readonly onRotate: (key: NoticedKey) => void;
  readonly onOpenRotation: () => void;
  /** Called when something leads away from the list. */
  readonly onLeave: () => void;
}

/** So many keys are named; the Rotation screen has all. */
const mostNames = 5;

/** One notice: which keys it was about, how they stand now, and what can still be done about them. */
export function NoticeItem({ notice, isFresh, onRotate, onOpenRotation, onLeave }: NoticeItemProps) {
  const title = useId();
  const { keys, open } = notice;
  const [first] = keys;
  const isOfOne = keys.length === 1 && first !== undefined;
  const more = keys.length - mostNames;
  return (
    <li aria-labelledby={title} className={styles.notice}>
      <p className={styles.head}>
        <span id={title} className={styles.title}>
          {isFresh && <span className="hidden-words">New: </span>}
          {isOfOne ? <KeyLink noticed={first} onLeave={onLeave} /> : notice.title}
        </span>
        {isFresh && <span aria-hidden className={styles.fresh} />}
        <span className={styles.when}>
          <RelativeTime at={notice.at} />
        </span>
      </p>
      {isOfOne ? (
        <>
          <p className={styles.standing}>{first.standing}</p>
          <SaidBefore said={notice.said} />
        </>
      ) : (
        <ul className={styles.keys}>
          {keys.slice(0, mostNames).map((key) => (
            <li key={key.id} className={styles.key}>
              <KeyLink noticed={key} onLeave={onLeave} />
              <span className={styles.standing}>{key.standing}</span>
            </li>
          ))}
          {more > 0 && <li className={styles.standing}>{`and ${more.toLocaleString('en-GB')} more`}</li>}
        </ul>
      )}
      <Actions
        open={open}
        titleId={title}
        onRotate={onRotate}
        onOpenRotation={onOpenRotation}
        onLeave={onLeave}
      />
    </li>
  );
}

/** So much of what was said of a key is shown. */
const mostSaid = 3;

/** What was said of a key before, which is not true any more. */
function SaidBefore({ said }: { readonly said: readonly Said[] }) {
  if (said.length === 0) return null;
  const more = said.length - mostSaid;
  return (
    <ul aria-label="Said before" className={styles.said}>
      {said.slice(0, mostSaid).map(({ at, words }) => (
        <li key={at}>
          {words}, <RelativeTime at={at} />
        </li>
      ))}
      {more > 0 && <li>{`and ${more.toLocaleString('en-GB')} more`}</li>}
    </ul>
  );
}

interface KeyLinkProps {
  readonly noticed: NoticedKey;
  readonly onLeave: () => void;
}

function KeyLink({ noticed: { id, name, isThere }, onLeave }: KeyLinkProps) {
  if (!isThere) return <span className={styles.name}>{name}</span>;
  return (
    <a className={styles.name} href={hrefOf({ place: 'keys', keyId: id })} onClick={onLeave}>
      {name}
    </a>
  );
}

interface ActionsProps extends Pick<NoticeItemProps, 'onRotate' | 'onOpenRotation' | 'onLeave'> {
  readonly open: readonly NoticedKey[];
  readonly titleId: string;
}

function Actions({ open, titleId, onRotate, onOpenRotation, onLeave }: ActionsProps) {
  const [only] = open;
  if (only === undefined) return null;
  return (
    <div className={styles.actions}>
      {open.length === 1 ? (
        <Button size="small" aria-describedby={titleId} onPress={() => onRotate(only)}>
          Rotate
        </Button>
      ) : (
        <Button size="small" aria-describedby={titleId} onPress={onOpenRotation}>
          Open Rotation
        </Button>
      )}
      <SnoozeMenu
        size="small"
        variant="quiet"
        aria-describedby={titleId}
        keyIds={open.map(({ id }) => id)}
        isSnoozed={open.some(({ isSnoozed }) => isSnoozed)}
        onAskDay={onLeave}
      />
    </div>
  );
}
