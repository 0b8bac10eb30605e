import { Check, CircleHelp, Ellipsis, FilePlus2, FileX2, TriangleAlert, Unlink } from 'lucide-react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Target } from '../../../shared/domain/key.ts';
import type { TargetState } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { targetStateSentence, targetStateWords } from '../../text/keys.ts';
import styles from './targets.module.css';
import type { KeyDoing } from './use-key.ts';

export interface TargetsProps {
  readonly targets: readonly Target[];
  /** null while it is being read. */
  readonly states: ReadonlyMap<TargetId, TargetState> | null;
  readonly doing: KeyDoing;
  readonly canWrite: boolean;
  readonly onWriteAgain: (id: TargetId) => void;
  readonly onUnlink: (id: TargetId) => void;
}

/** Every file that holds the key, and whether it still does. */
export function Targets({ targets, states, doing, ...actions }: TargetsProps) {
  if (targets.length === 0) {
    return <p className={styles.none}>This key is in no file that Keyturn knows of.</p>;
  }
  return (
    <ul className={styles.targets}>
      {targets.map((target) => {
        const isWriting = doing?.what === 'writing' && doing.targetId === target.id;
        return (
          <TargetRow
            key={target.id}
            target={target}
            state={states?.get(target.id) ?? null}
            isBusy={doing !== null}
            isWriting={isWriting}
            {...actions}
          />
        );
      })}
    </ul>
  );
}

interface TargetRowProps extends Pick<TargetsProps, 'canWrite' | 'onWriteAgain' | 'onUnlink'> {
  readonly target: Target;
  readonly state: TargetState | null;
  readonly isBusy: boolean;
  readonly isWriting: boolean;
}

function TargetRow({ target, state, isBusy, isWriting, canWrite, onWriteAgain, onUnlink }: TargetRowProps) {
  const { folder, name } = splitPath(target.file);
  const canRepair = canWrite && state !== null && (state.state === 'differs' || state.state === 'missing');
  return (
    <li className={styles.target}>
      <div className={styles.where}>
        <p className={cx('mono', styles.file)} title={target.file}>
          <span className={styles.folder}>
            <bdi>{folder}</bdi>
          </span>
          <span className={styles.name}>{name}</span>
        </p>
        <p className={cx('mono', styles.variables)}>{Object.values(target.variables).join(', ')}</p>
      </div>
      <Standing state={state} />
      <div className={styles.actions}>
        {canRepair && (
          <Button
            size="small"
            isPending={isWriting}
            isDisabled={isBusy && !isWriting}
            aria-label={`Write again to ${target.file}`}
            onPress={() => onWriteAgain(target.id)}
          >
            Write again
          </Button>
        )}
        <Menu
          label={`Actions for ${target.file}`}
          trigger={<IconButton size="small" label={`More for ${name}`} icon={Ellipsis} />}
          entries={[
            {
              id: 'write',
              label: 'Write again',
              icon: FilePlus2,
              isDisabled: !canWrite || isBusy,
              onAction: () => onWriteAgain(target.id),
            },
            {
              id: 'unlink',
              label: 'Stop following this file',
              icon: Unlink,
              isDisabled: isBusy,
              onAction: () => onUnlink(target.id),
            },
          ]}
        />
      </div>
    </li>
  );
}

const pictures = { 'in-step': Check, differs: TriangleAlert, missing: FileX2, unreadable: CircleHelp };

function Standing({ state }: { readonly state: TargetState | null }) {
  if (state === null) return <Spinner label="Reading the file" />;
  const Picture = pictures[state.state];
  return (
    <span className={cx(styles.standing, styles[state.state])} title={targetStateSentence(state)}>
      <Picture aria-hidden className={styles.icon} />
      {targetStateWords(state.state)}
    </span>
  );
}

/** A path in two parts, so that the file's name stays readable when there is no room for the folders. */
export function splitPath(file: string): { readonly folder: string; readonly name: string } {
  const end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
  return { folder: file.slice(0, end), name: file.slice(end) };
}
