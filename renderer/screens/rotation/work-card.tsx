import { type FormEvent, useRef, useState } from 'react';
import type { Question } from '../../../shared/domain/provider.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { phaseOf, workTitle } from '../../text/work.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import styles from './rotation.module.css';
import type { WorkActions } from './use-work-actions.ts';
import { WorkProgress } from './work-progress.tsx';

export interface WorkCardProps {
  readonly work: WorkView;
  readonly actions: WorkActions;
  /** What the provider may ask at a call; asked here only when it has. */
  readonly questions: readonly Question[];
  /** Opens the new key's one time; null where there is none. */
  readonly onCopyOnce: (() => void) | null;
  readonly isTitleHidden?: boolean;
}

type Acting =
  | { readonly step: 'idle'; readonly failure: PageFailure | null }
  | { readonly step: 'continuing' }
  | { readonly step: 'revoking' };

/** One piece of work with its steps and the next action. Asks for answers where the provider wants them. */
export function WorkCard({ work, actions, questions, onCopyOnce, isTitleHidden = false }: WorkCardProps) {
  const [acting, setActing] = useState<Acting>({ step: 'idle', failure: null });
  const form = useRef<HTMLFormElement>(null);
  const phase = phaseOf(work);
  const needsAnswers =
    (phase === 'stopped' || phase === 'unknown') &&
    (work.blocked?.code === 'answer-needed' ||
      (acting.step === 'idle' && acting.failure?.code === 'answer-needed'));

  const act = async (step: 'continuing' | 'revoking', action: WorkActions['continueWork']) => {
    const answers = form.current === null ? {} : readAnswers(form.current);
    setActing({ step });
    setActing({ step: 'idle', failure: await action(work.id, answers) });
  };
  const isBusy = acting.step !== 'idle';

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
      {acting.step === 'idle' && acting.failure !== null && <FailureCallout failure={acting.failure} />}
      {needsAnswers && (
        <form
          ref={form}
          className={styles.stack}
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            void act('continuing', actions.continueWork);
          }}
        >
          <AnswerFields provider={work.provider} questions={asked(work, acting, questions)} problems={{}} />
        </form>
      )}
      <WorkButtons
        work={work}
        acting={acting}
        isBusy={isBusy}
        onContinue={() => void act('continuing', actions.continueWork)}
        onRevokeStrays={() => void act('revoking', actions.revokeStrays)}
        onCopyOnce={onCopyOnce}
      />
    </article>
  );
}

interface WorkButtonsProps {
  readonly work: WorkView;
  readonly acting: Acting;
  readonly isBusy: boolean;
  readonly onContinue: () => void;
  readonly onRevokeStrays: () => void;
  readonly onCopyOnce: (() => void) | null;
}

function WorkButtons({ work, acting, isBusy, onContinue, onRevokeStrays, onCopyOnce }: WorkButtonsProps) {
  const strays = work.strays?.length ?? 0;
  const continuing = acting.step === 'continuing';
  switch (phaseOf(work)) {
    case 'stopped':
      return (
        <div className={styles.buttons}>
          <Button
            variant="primary"
            onPress={onContinue}
            isPending={continuing}
            isDisabled={isBusy && !continuing}
          >
            Continue
          </Button>
        </div>
      );
    case 'unknown':
      return (
        <div className={styles.buttons}>
          <Button onPress={onContinue} isPending={continuing} isDisabled={isBusy && !continuing}>
            Look again
          </Button>
          {strays > 0 && (
            <Button
              variant="danger"
              onPress={onRevokeStrays}
              isPending={acting.step === 'revoking'}
              isDisabled={continuing}
            >
              {strays === 1 ? 'Revoke the stray' : `Revoke the ${strays} strays`}
            </Button>
          )}
        </div>
      );
    case 'grace':
    case 'done':
      return onCopyOnce === null ? null : (
        <div className={styles.buttons}>
          <Button onPress={onCopyOnce}>Copy once</Button>
        </div>
      );
    case 'running':
    case 'undone':
    case 'failed':
      return null;
  }
}

/** The questions that were named as missing; all of the provider's where their names are not among those. */
function asked(work: WorkView, acting: Acting, questions: readonly Question[]): readonly Question[] {
  const failure =
    acting.step === 'idle' && acting.failure?.code === 'answer-needed' ? acting.failure : work.blocked;
  if (failure?.code !== 'answer-needed') return questions;
  const named = questions.filter((question) => failure.questions.includes(question.name));
  if (named.length > 0) return named;
  if (questions.length > 0) return questions;
  return failure.questions.map((name) => ({
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
