import { Check, CircleHelp, Ellipsis, EyeOff, FilePlus2, FileX2, TriangleAlert, Unlink } from 'lucide-react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { Environment, Target } from '../../../shared/domain/key.ts';
import type { TargetRemark } from '../../../shared/domain/work.ts';
import type { TargetState } from '../../../shared/ipc/keys.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { dialectName } from '../../text/dialects.ts';
import { remarkNotes, targetStateSentence, targetStateWords } from '../../text/targets.ts';
import { Remarks } from '../rotation/remarks.tsx';
import { splitPath } from './split-path.ts';
import styles from './targets.module.css';
import type { KeyDoing } from './use-key.ts';

/** What can be done about one target. */
export interface TargetActions {
  readonly onWriteAgain: (target: Target) => void;
  readonly onTakeValue: (target: Target) => void;
  readonly onUnlink: (target: Target) => void;
  /** Asks for the key's name, so that a live key may go into a file that Git tracks. */
  readonly onConfirm: (target: Target) => void;
  /** Reads again how the targets stand. */
  readonly onLookAgain: () => void;
}

export interface TargetsProps extends TargetActions {
  readonly targets: readonly Target[];
  /** null while it is being read. */
  readonly states: ReadonlyMap<TargetId, TargetState> | null;
  /** What there is to tell of those that the key's latest work has written. */
  readonly remarks: readonly TargetRemark[];
  /** The files that Git tracks. */
  readonly tracked: ReadonlySet<string>;
  readonly environment: Environment;
  readonly doing: KeyDoing;
  readonly canWrite: boolean;
}

/** Every file that holds the key, whether it still does, and where it doesn't what to do next. */
export function Targets({ targets, states, remarks, tracked, doing, ...rest }: TargetsProps) {
  if (targets.length === 0) {
    return <p className={styles.none}>This key is in no file that Keyturn knows of.</p>;
  }
  return (
    <ul className={styles.targets} aria-label="Files">
      {targets.map((target) => (
        <TargetRow
          key={target.id}
          target={target}
          state={states?.get(target.id) ?? null}
          remarks={remarks.filter(({ targetId }) => targetId === target.id)}
          isTracked={tracked.has(target.file)}
          isBusy={doing !== null}
          isWriting={doing?.what === 'writing' && doing.targetId === target.id}
          {...rest}
        />
      ))}
    </ul>
  );
}

interface TargetRowProps extends TargetActions {
  readonly target: Target;
  readonly state: TargetState | null;
  readonly remarks: readonly TargetRemark[];
  readonly isTracked: boolean;
  readonly environment: Environment;
  readonly isBusy: boolean;
  readonly isWriting: boolean;
  readonly canWrite: boolean;
}

function TargetRow(props: TargetRowProps) {
  const { target, state, remarks, isTracked, environment, isBusy, canWrite } = props;
  const { onWriteAgain, onUnlink, onConfirm } = props;
  const isGuarded = canWrite && isTracked && environment === 'live' && !target.mayBeTracked;
  const { folder, name } = splitPath(target.file);
  return (
    <li className={styles.target} aria-label={target.file}>
      <div className={styles.row}>
        <div className={styles.where}>
          <p className={cx('mono', styles.file)} title={target.file}>
            <span className={styles.folder}>
              <bdi>{folder}</bdi>
            </span>
            <span className={styles.name}>{name}</span>
          </p>
          <p className={styles.about}>
            <span className="mono">{Object.values(target.variables).join(', ')}</span>
            {target.dialect !== 'any' && <span> · for {dialectName(target.dialect)}</span>}
          </p>
        </div>
        {isTracked && <Badge tone="attention">Tracked by Git</Badge>}
        <Standing state={state} />
        <Menu
          label={`Actions for ${target.file}`}
          trigger={<IconButton size="small" label={`More for ${name}`} icon={Ellipsis} />}
          entries={[
            {
              id: 'write',
              label: 'Write again',
              icon: FilePlus2,
              isDisabled: !canWrite || isBusy,
              onAction: () => onWriteAgain(target),
            },
            {
              id: 'unlink',
              label: 'Unlink…',
              icon: Unlink,
              isDisabled: isBusy,
              onAction: () => onUnlink(target),
            },
          ]}
        />
      </div>
      {state !== null && state.state !== 'in-step' && <Astray {...props} state={state} />}
      {state?.state === 'in-step' && <Remarks notes={remarkNotes(remarks)} />}
      {isGuarded && state?.state === 'in-step' && (
        <div className={styles.astray}>
          <p className={styles.sentence}>
            Git tracks this file, so a rotation writes to it only once you have confirmed it by name.
          </p>
          <Button
            size="small"
            isDisabled={isBusy}
            aria-label={`Confirm by name for ${target.file}`}
            onPress={() => onConfirm(target)}
          >
            Confirm by name
          </Button>
        </div>
      )}
    </li>
  );
}

/** What is astray, and the next action. */
function Astray({
  target,
  state,
  isBusy,
  isWriting,
  canWrite,
  onWriteAgain,
  onTakeValue,
  onUnlink,
  onLookAgain,
}: TargetRowProps & { readonly state: TargetState }) {
  const isUnreachable = state.state === 'unreadable' || state.detail === 'folder-gone';
  // Writing once more would change nothing of what is in the way.
  const isMisread = state.state === 'misread';
  return (
    <div className={styles.astray}>
      <p className={styles.sentence}>{targetStateSentence(state, target.dialect)}</p>
      <div className={styles.actions}>
        {(isUnreachable || isMisread) && (
          <Button size="small" isDisabled={isBusy} onPress={onLookAgain}>
            Look again
          </Button>
        )}
        {isUnreachable && (
          <Button
            size="small"
            variant="quiet"
            isDisabled={isBusy}
            aria-label={`Unlink ${target.file}`}
            onPress={() => onUnlink(target)}
          >
            Unlink
          </Button>
        )}
        {canWrite && !isUnreachable && !isMisread && (
          <Button
            size="small"
            isPending={isWriting}
            isDisabled={isBusy && !isWriting}
            aria-label={`Write again to ${target.file}`}
            onPress={() => onWriteAgain(target)}
          >
            Write again
          </Button>
        )}
        {canWrite && state.state === 'differs' && (
          <Button
            size="small"
            isDisabled={isBusy}
            aria-label={`Take this value in from ${target.file}`}
            onPress={() => onTakeValue(target)}
          >
            Take this value in
          </Button>
        )}
      </div>
    </div>
  );
}

const pictures = {
  'in-step': Check,
  misread: EyeOff,
  differs: TriangleAlert,
  missing: FileX2,
  unreadable: CircleHelp,
};

function Standing({ state }: { readonly state: TargetState | null }) {
  if (state === null) return <Spinner label="Reading the file" />;
  const Picture = pictures[state.state];
  return (
    <span className={cx(styles.standing, styles[state.state])}>
      <Picture aria-hidden className={styles.icon} />
      {targetStateWords(state.state)}
    </span>
  );
}
