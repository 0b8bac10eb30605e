import { Undo2, X } from 'lucide-react';
import { useState } from 'react';
import type { WorkId } from '../../../shared/domain/ids.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { useNow } from '../../components/use-now.ts';
import { phaseOf } from '../../text/work.ts';
import { WhatChanged } from '../rotation/what-changed.tsx';
import styles from './key-screen.module.css';

export interface RotatedCalloutProps {
  readonly detail: Pick<KeyDetail, 'id' | 'targets'>;
  readonly work: WorkView;
}

const dayMs = 86_400_000;

/** The rotations whose changes the user has seen and put away, until the page is loaded again. */
const putAway = new Set<WorkId>();

/**
 * What a rotation of the last day has changed for this key, in the files that it follows still, and while it can be undone
 * the way back.
 */
export function RotatedCallout({ detail, work }: RotatedCalloutProps) {
  const now = useNow();
  const [seen, setSeen] = useState<WorkId | null>(null);
  if (work.kind !== 'rotate') return null;
  const isNew = work.newKeyId === detail.id;
  const written = work.written.filter(({ file }) => detail.targets.some((target) => target.file === file));
  const isPutAway = seen === work.id || putAway.has(work.id);
  const tells = !isPutAway && hasNews(work, { isNew, left: written.length, now });
  if (!tells && !work.canUndo) return null;
  return (
    <Callout
      tone="info"
      title={titleOf(work, isNew)}
      action={
        <>
          {work.canUndo && (
            <Button icon={Undo2} onPress={() => openDialog({ kind: 'undo', workId: work.id })}>
              Undo
            </Button>
          )}
          {tells && (
            <IconButton
              label="Dismiss"
              icon={X}
              onPress={() => {
                putAway.add(work.id);
                setSeen(work.id);
              }}
            />
          )}
        </>
      }
    >
      {tells ? (
        <div className={styles.changed}>
          {/* What there is to tell of the files stands at each of them below. */}
          <WhatChanged work={{ ...work, written, remarks: [] }} label="Files that were written" />
        </div>
      ) : (
        'As long as the old key lives, it can be put back.'
      )}
    </Callout>
  );
}

/** Whether the rotation has changed something that is news still: nothing, once every file that it wrote is unlinked. */
function hasNews(
  work: WorkView,
  { isNew, left, now }: { readonly isNew: boolean; readonly left: number; readonly now: number },
): boolean {
  if (left === 0 && work.written.length > 0) return false;
  const isRecent = now - work.updatedAt < dayMs;
  const phase = phaseOf(work);
  if (isNew) return phase === 'grace' || (phase === 'done' && isRecent);
  return phase === 'undone' && left > 0 && isRecent;
}

function titleOf(work: WorkView, isNew: boolean): string {
  if (work.finished === 'undone') return 'Its rotation was undone';
  if (isNew) return 'It has replaced the old key';
  return 'Its rotation can still be undone';
}
