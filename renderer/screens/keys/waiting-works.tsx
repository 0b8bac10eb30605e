import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Strip } from '../../components/strip.tsx';
import { stoppedWork } from '../../text/stopped-work.ts';
import { workTitle } from '../../text/work.ts';

export interface WaitingWorksProps {
  /** Work that has stopped and whose key is not in the list: the key was not made, or nobody knows. */
  readonly works: readonly WorkView[];
  readonly onShow: (work: WorkView) => void;
  readonly onShowAll: () => void;
}

const most = 2;

/** What waits for a person and has no row of its own, each with its reason and its next step. */
export function WaitingWorks({ works, onShow, onShowAll }: WaitingWorksProps) {
  if (works.length === 0) return null;
  return (
    <Strip label="Work that waits for you">
      {works.slice(0, most).map((work) => {
        const stopped = stoppedWork(work);
        if (stopped === null) return null;
        return (
          <Callout
            key={work.id}
            tone="attention"
            title={workTitle(work)}
            action={<Button onPress={() => onShow(work)}>{stopped.actionLabel}</Button>}
          >
            {stopped.title}. {stopped.text}
          </Callout>
        );
      })}
      {works.length > most && (
        <div>
          <Button variant="quiet" onPress={onShowAll}>
            {`Show all ${works.length}`}
          </Button>
        </div>
      )}
    </Strip>
  );
}
