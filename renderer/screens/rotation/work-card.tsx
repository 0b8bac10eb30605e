import { type FormEvent, useRef, useState } from 'react';
import type { AskedAtCall, Question } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { phaseOf, workTitle } from '../../text/work.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { asksAt } from '../providers/asked-at.ts';
import { KeyNeeded } from './key-needed.tsx';
import { RevocationNeeded } from './revocation-needed.tsx';
import styles from './rotation.module.css';
import type { WorkActions } from './use-work-actions.ts';
import { WhatChanged } from './what-changed.tsx';
import { type Acting, WorkButtons } from './work-buttons.tsx';
import { WorkProgress } from './work-progress.tsx';

export interface WorkCardProps {
  readonly work: WorkView;
  readonly actions: WorkActions;
  /** The account that the work is at; null where it cannot be read. */
  readonly connection: ConnectionView | null;
  /** Opens the new key's one time; null where there is none. */
  readonly onCopyOnce: (() => void) | null;
  /** Asks whether the old key is to be put back; offered while that can be done. */
  readonly onUndo: () => void;
  readonly isTitleHidden?: boolean;
}

/** One piece of work with its steps and the next action. Asks for answers where the provider wants them. */
export function WorkCard(props: WorkCardProps) {
  const { work, actions, connection, onCopyOnce, onUndo, isTitleHidden = false } = props;
  const [acting, setActing] = useState<Acting>({ step: 'idle', failure: null });
  const form = useRef<HTMLFormElement>(null);
  const phase = phaseOf(work);
  const failure = acting.step === 'idle' ? acting.failure : null;
  const needsAnswers =
    (phase === 'stopped' || phase === 'unknown') &&
    (work.blocked?.code === 'answer-needed' || failure?.code === 'answer-needed');

  const act = async (step: Exclude<Acting['step'], 'idle'>, action: () => Promise<PageFailure | null>) => {
    setActing({ step });
    const refused = await action();
    setActing({ step: 'idle', failure: refused });
    return refused;
  };
  const answers = () => (form.current === null ? {} : readAnswers(form.current));
  const goOn = () => void act('continuing', () => actions.continueWork(work.id, { answers: answers() }));

  return (
    <article className={styles.card} aria-label={workTitle(work)}>
      {!isTitleHidden && (
        <header className={styles.cardHeader}>
          <h3 className={styles.cardTitle}>{workTitle(work)}</h3>
          <span className={styles.quiet}>
            {work.provider} · <RelativeTime at={work.startedAt} />
          </span>
        </header>
      )}
      <WorkProgress work={work} isBrief={!isTitleHidden} />
      <WhatChanged work={work} />
      {phase === 'stopped' && connection !== null && work.blocked?.code === 'key-needed' ? (
        <KeyNeeded
          connection={connection}
          acting={acting}
          onTakeIn={(key, anyForm) =>
            act('continuing', () => actions.continueWork(work.id, { key, anyForm }))
          }
          onGiveUp={() => void act('giving-up', () => actions.giveUp(work.id))}
          onEdit={() => setActing({ step: 'idle', failure: null })}
        />
      ) : (
        <>
          {failure !== null && <FailureCallout failure={failure} />}
          {isRevokedByHand(work, connection) && connection !== null ? (
            <RevocationNeeded
              connection={connection}
              acting={acting}
              onDone={() => void act('continuing', () => actions.continueWork(work.id, { doneByHand: true }))}
            />
          ) : (
            <>
              {needsAnswers && (
                <form
                  ref={form}
                  className={styles.stack}
                  onSubmit={(event: FormEvent) => {
                    event.preventDefault();
                    goOn();
                  }}
                >
                  <AnswerFields
                    provider={work.provider}
                    questions={asked(work, failure, connection)}
                    problems={{}}
                  />
                </form>
              )}
              <WorkButtons
                work={work}
                acting={acting}
                onContinue={goOn}
                onRevokeStrays={() => void act('revoking', () => actions.revokeStrays(work.id, answers()))}
                onGiveUp={() => void act('giving-up', () => actions.giveUp(work.id))}
                onCopyOnce={onCopyOnce}
                onUndo={work.canUndo ? onUndo : null}
              />
            </>
          )}
        </>
      )}
    </article>
  );
}

/** The work waits until the user has revoked the key, or it was said to be revoked and is still accepted. */
function isRevokedByHand(work: WorkView, connection: ConnectionView | null): boolean {
  if (phaseOf(work) !== 'stopped') return false;
  if (work.blocked?.code === 'revocation-needed') return true;
  const cannot = connection !== null && !connection.provider.operations.includes('revoke');
  return work.blocked?.code === 'key-still-alive' && cannot;
}

/** The questions that were named as missing; those of the step it stopped at where their names are not among them. */
function asked(
  work: WorkView,
  failure: PageFailure | null,
  connection: ConnectionView | null,
): readonly Question[] {
  const needed = failure?.code === 'answer-needed' ? failure : work.blocked;
  const all = connection?.provider.askedAtCall ?? [];
  if (needed?.code !== 'answer-needed') return all;
  const named = all.filter((question) => needed.questions.includes(question.name));
  if (named.length > 0) return named;
  const atStep = connection === null ? [] : asksAt(connection.provider, operationOf(work));
  if (atStep.length > 0) return atStep;
  return needed.questions.map((name) => ({
    name,
    label: name,
    kind: 'secret' as const,
    required: true,
    help: '',
    placeholder: '',
    options: [],
    suggested: false,
  }));
}

/** What the provider is asked for at the step where the work has stopped. */
function operationOf(work: WorkView): AskedAtCall['at'][number] {
  if (work.outcomeUnknown) return 'list';
  const at = work.steps.find(({ state }) => state === 'stopped')?.name;
  if (at === 'revoke' || work.kind === 'revoke') return 'revoke';
  return work.origin === 'rotated' ? 'rotate' : 'create';
}
