import { Undo2 } from 'lucide-react';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { useNow } from '../../components/use-now.ts';
import { phaseOf } from '../../text/work.ts';
import { WhatChanged } from '../rotation/what-changed.tsx';
import styles from './key-screen.module.css';

export interface RotatedCalloutProps {
  readonly detail: Pick<KeyDetail, 'id'>;
  readonly work: WorkView;
}

const dayMs = 86_400_000;

/** What a rotation of the last day has changed for this key, and while it can be undone the way back. */
export function RotatedCallout({ detail, work }: RotatedCalloutProps) {
  const now = useNow();
  const phase = phaseOf(work);
  if (work.kind !== 'rotate') return null;
  const isNew = work.newKeyId === detail.id;
  const isRecent = now - work.updatedAt < dayMs;
  const tells =
    (isNew && (phase === 'grace' || (phase === 'done' && isRecent))) ||
    (!isNew && phase === 'undone' && work.written.length > 0 && isRecent);
  if (!tells && !work.canUndo) return null;
  return (
    <Callout
      tone="info"
      title={titleOf(work, isNew)}
      action={
        work.canUndo && (
          <Button icon={Undo2} onPress={() => openDialog({ kind: 'undo', workId: work.id })}>
            Undo
          </Button>
        )
      }
    >
      {tells ? (
        <div className={styles.changed}>
          {/* What there is to tell of the files stands at each of them below. */}
          <WhatChanged work={{ ...work, remarks: [] }} />
        </div>
      ) : (
        'As long as the old key lives, it can be put back.'
      )}
    </Callout>
  );
}

function titleOf(work: WorkView, isNew: boolean): string {
  if (work.finished === 'undone') return 'Its rotation was undone';
  if (isNew) return 'It has replaced the old key';
  return 'Its rotation can still be undone';
}
