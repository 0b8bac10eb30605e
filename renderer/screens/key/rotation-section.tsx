import type { ReactNode } from 'react';
import { dayFromIso } from '../../../shared/domain/calendar.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { openDialog } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { Ring } from '../../components/ring.tsx';
import { Section } from '../../components/section.tsx';
import { dayOf, dueWords, exactTime, localDay, startOfDay } from '../../text/dates.ts';
import { policyWords } from '../../text/keys.ts';
import { dueReasonWords, whoseWord } from '../../text/period.ts';
import { useSettings } from '../frame/use-status.ts';
import { ringState } from '../keys/key-cells.tsx';
import { shareOf } from '../keys/view.ts';
import { becauseOf, periodSettingsOf } from '../policy/usual.ts';
import { RotationHistory } from '../rotation/rotation-history.tsx';
import styles from './rotation-section.module.css';
import type { KeyActions } from './use-key.ts';
import { useKeyHistory } from './use-key-history.ts';

export interface RotationSectionProps {
  readonly detail: KeyDetail;
  readonly connection: ConnectionView | null;
  readonly now: number;
  readonly isBusy: boolean;
  readonly actions: Pick<KeyActions, 'takePlanBack' | 'endSnooze'>;
}

/** When the key is due and what says so, how often it is rotated and by whose word, and how that went so far. */
export function RotationSection({ detail, connection, now, isBusy, actions }: RotationSectionProps) {
  const history = useKeyHistory(detail.id);
  const settings = periodSettingsOf(useSettings());
  const because = becauseOf(detail, connection, settings);
  const whose = { provider: detail.provider, connection: detail.connection };
  const plannedDay = detail.plannedDay === null ? null : dayFromIso(detail.plannedDay);
  const snoozeEnd = detail.snoozedUntil === null ? null : dayFromIso(detail.snoozedUntil);
  return (
    <Section title="Rotation">
      <FactList>
        <Fact label="Due">
          <Due detail={detail} now={now} />
        </Fact>
        <Line
          label="How often"
          action={
            <Button size="small" onPress={() => openDialog({ kind: 'policy', keyIds: [detail.id] })}>
              Change
            </Button>
          }
        >
          {policyWords(detail.everyDays)}
          <span className={styles.quiet}>, as {whoseWord(detail.periodFrom, whose)}</span>
          {because !== '' && <span className={styles.because}>“{because}”</span>}
        </Line>
        {plannedDay !== null && (
          <Line
            label="Plan"
            action={
              <Button size="small" isDisabled={isBusy} onPress={actions.takePlanBack}>
                Take the plan back
              </Button>
            }
          >
            {dayOf(startOfDay(plannedDay))}
            <span className={styles.quiet}>, this once</span>
          </Line>
        )}
        {snoozeEnd !== null && snoozeEnd > localDay(now) && (
          <Line
            label="Snoozed"
            action={
              <Button size="small" isDisabled={isBusy} onPress={actions.endSnooze}>
                End the snooze
              </Button>
            }
          >
            Until {dayOf(startOfDay(snoozeEnd))}
            <span className={styles.quiet}>, nothing is said about it before</span>
          </Line>
        )}
        {history !== null && (
          <Fact label="So far">
            <RotationHistory history={history} now={now} />
          </Fact>
        )}
      </FactList>
    </Section>
  );
}

interface LineProps {
  readonly label: string;
  readonly action: ReactNode;
  readonly children: ReactNode;
}

/** A fact and what can be done about it. */
function Line({ label, action, children }: LineProps) {
  return (
    <Fact label={label}>
      <div className={styles.line}>
        <span className={styles.words}>{children}</span>
        {action}
      </div>
    </Fact>
  );
}

function Due({ detail, now }: Pick<RotationSectionProps, 'detail' | 'now'>) {
  const { dueAt } = detail;
  const reason = dueReasonWords(detail);
  return (
    <span className={styles.due}>
      <Ring share={shareOf(detail, now)} state={ringState(detail, now)} />
      <span title={dueAt === null ? 'Never due' : exactTime(dueAt)}>
        {dueWords(dueAt, now)}
        {dueAt !== null && (
          <span className={styles.quiet}>
            , {dayOf(dueAt)}
            {reason !== null && `, ${reason}`}
          </span>
        )}
      </span>
    </span>
  );
}
