import { type FormEvent, useRef, useState } from 'react';
import type { RestoreConflict, RestorePreview } from '../../../shared/ipc/backup.contract.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RadioCards } from '../../components/radio-cards.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { differsWords, holdsWords, kindWords } from '../../text/backup.ts';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import styles from './backup.module.css';
import { WithoutValue } from './make-backup-dialog.tsx';
import type { RestoreWish } from './use-restore.ts';

export interface RestoreFormProps {
  readonly id: string;
  readonly preview: RestorePreview;
  readonly isRunning: boolean;
  readonly failure: PageFailure | null;
  readonly onRestore: (wish: RestoreWish) => void;
}

type Mode = RestoreWish['mode'];

/** What the backup would bring, and the choices that it needs. */
export function RestoreForm({ id, preview, isRunning, failure, onRestore }: RestoreFormProps) {
  const { conflicts, onlyHere } = preview;
  const [mode, setMode] = useState<Mode>('merge');
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const [forgetsLiving, setForgetsLiving] = useState(false);
  const [isUnconfirmed, setUnconfirmed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, failure ?? (isUnconfirmed ? 'unconfirmed' : null));
  const living = onlyHere.filter(({ kind, alive }) => kind === 'key' && alive).length;
  const mustConfirm = mode === 'replace' && living > 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning) return;
    setUnconfirmed(mustConfirm && !forgetsLiving);
    if (mustConfirm && !forgetsLiving) return;
    onRestore({
      mode,
      takeBackup: mode === 'merge' ? conflicts.map((each) => each.id).filter((each) => taken.has(each)) : [],
      forgetLiving: mustConfirm,
    });
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
      {failure !== null && <FailureCallout failure={failure} />}
      <FactList>
        <Fact label="Made">
          <RelativeTime at={preview.createdAt} />
        </Fact>
        <Fact label="Holds">{holdsWords(preview.holds)}</Fact>
        <Fact label="Not in this vault">{holdsWords(preview.added)}</Fact>
        <Fact label="Alike">{preview.alike === 0 ? 'Nothing' : count(preview.alike, 'record')}</Fact>
      </FactList>
      <WithoutValue names={preview.withoutValue} />
      <RadioCards<Mode>
        label="How to restore"
        options={[
          {
            value: 'merge',
            label: 'Merge',
            description: 'Adds what this vault lacks. What only this vault has stays.',
          },
          {
            value: 'replace',
            label: 'Replace',
            description: 'Makes this vault what the backup is. What only this vault has is forgotten.',
          },
        ]}
        value={mode}
        onChange={(next) => {
          setMode(next);
          setUnconfirmed(false);
        }}
      />
      {mustConfirm && (
        <div>
          <Checkbox
            label={`Forget ${count(living, 'living key')}`}
            help={`${living === 1 ? 'It keeps' : 'They keep'} working at ${living === 1 ? 'its provider' : 'their providers'}, and nobody but the provider will know of ${living === 1 ? 'it' : 'them'}. Revoke first what nobody needs.`}
            isSelected={forgetsLiving}
            isInvalid={isUnconfirmed}
            onChange={(next) => {
              setForgetsLiving(next);
              setUnconfirmed(false);
            }}
          />
          {isUnconfirmed && (
            <p role="alert" className={styles.wrong}>
              Confirm this first. Nothing was changed.
            </p>
          )}
        </div>
      )}
      {mode === 'merge' && conflicts.length > 0 && (
        <Conflicts conflicts={conflicts} taken={taken} onTake={setTaken} />
      )}
      {onlyHere.length > 0 && <OnlyHere preview={preview} mode={mode} />}
    </form>
  );
}

const step = 50;

interface ConflictsProps {
  readonly conflicts: readonly RestoreConflict[];
  readonly taken: ReadonlySet<string>;
  readonly onTake: (taken: ReadonlySet<string>) => void;
}

/** What both have and not alike: which side counts is said for each, or for all. */
function Conflicts({ conflicts, taken, onTake }: ConflictsProps) {
  const [most, setMost] = useState(step);
  const take = (id: string, isTaken: boolean) => {
    const next = new Set(taken);
    if (isTaken) next.add(id);
    else next.delete(id);
    onTake(next);
  };
  return (
    <Section
      level={3}
      title={`${count(conflicts.length, 'conflict')}`}
      description="The vault and the backup both have these, and not alike. A key that was rotated since differs in its value."
      actions={
        conflicts.length > 1 && (
          <>
            <Button variant="quiet" size="small" onPress={() => onTake(new Set())}>
              Keep all of the vault
            </Button>
            <Button
              variant="quiet"
              size="small"
              onPress={() => onTake(new Set(conflicts.map(({ id }) => id)))}
            >
              Take all of the backup
            </Button>
          </>
        )
      }
    >
      <ul className={styles.list} aria-label="Conflicts">
        {conflicts.slice(0, most).map(({ id, kind, name, differs }) => (
          <li key={id} className={styles.item}>
            <span className={styles.name}>
              {name}{' '}
              <span className={styles.quiet}>
                {kindWords(kind)}
                {differs.length > 0 && `; ${differsWords(differs)}`}
              </span>
            </span>
            <SegmentedControl
              label={`What counts for ${name}`}
              isLabelHidden
              options={[
                { value: 'vault', label: 'The vault' },
                { value: 'backup', label: 'The backup' },
              ]}
              value={taken.has(id) ? 'backup' : 'vault'}
              onChange={(side) => take(id, side === 'backup')}
            />
          </li>
        ))}
      </ul>
      <More total={conflicts.length} most={most} onMore={() => setMost(most + step)} />
    </Section>
  );
}

interface OnlyHereProps {
  readonly preview: RestorePreview;
  readonly mode: Mode;
}

/** What only the vault has; living keys first, since forgetting those is what hurts. */
function OnlyHere({ preview, mode }: OnlyHereProps) {
  const [most, setMost] = useState(step);
  const items = preview.onlyHere.toSorted((a, b) => Number(b.alive) - Number(a.alive));
  return (
    <Section
      level={3}
      title="Only in this vault"
      description={mode === 'merge' ? 'All of it stays.' : 'All of it is forgotten.'}
    >
      <ul className={styles.list} aria-label="Only in this vault">
        {items.slice(0, most).map(({ id, kind, name, alive }) => (
          <li key={id} className={styles.item}>
            <span className={styles.name}>
              {name} <span className={styles.quiet}>{kindWords(kind)}</span>
            </span>
            {kind === 'key' && (
              <Badge tone={alive && mode === 'replace' ? 'attention' : 'neutral'}>
                {alive ? 'Alive' : 'Revoked'}
              </Badge>
            )}
          </li>
        ))}
      </ul>
      <More total={items.length} most={most} onMore={() => setMost(most + step)} />
    </Section>
  );
}

interface MoreProps {
  readonly total: number;
  readonly most: number;
  readonly onMore: () => void;
}

function More({ total, most, onMore }: MoreProps) {
  if (total <= most) return null;
  return (
    <div>
      <Button variant="quiet" onPress={onMore}>
        {`Show ${Math.min(step, total - most)} more of ${total}`}
      </Button>
    </div>
  );
}
