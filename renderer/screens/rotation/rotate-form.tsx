import { Siren } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { Grace } from '../../../shared/domain/work.ts';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { defaultGrace } from '../../text/grace.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { GraceChoice } from './grace-choice.tsx';
import styles from './rotation.module.css';
import type { RotateKey } from './use-rotate-key.ts';

export type RotateFormProps = Omit<Extract<RotateKey, { state: 'choosing' }>, 'state'> & {
  readonly id: string;
};

/** How long the old key lives on, what will be written, and what the provider asks. */
export function RotateForm({ id, detail, questions, starting, failure, start }: RotateFormProps) {
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, failure);
  const placed = failure === null ? null : placeFailure(failure, [], questions);

  const begin = (chosen: Grace) => {
    if (!starting && form.current !== null) start(chosen, readAnswers(form.current));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    begin(grace);
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={starting}>
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <div className={styles.stack}>
        <GraceChoice label="Grace for the old key" value={grace} onChange={setGrace} />
        <div>
          <Button icon={Siren} onPress={() => begin('now')}>
            Leaked: replace now
          </Button>
        </div>
      </div>
      <Section level={3} title="Files that will get the new key">
        {detail.targets.length === 0 ? (
          <p className={styles.quiet}>
            None. Wherever the old key is in use, you put the new one yourself before its grace ends.
          </p>
        ) : (
          <ul className={styles.files}>
            {detail.targets.map((target) => (
              <li key={target.id}>
                <span className="mono">{target.file}</span>{' '}
                <span className={styles.quiet}>{Object.values(target.variables).join(', ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <AnswerFields
        provider={detail.provider}
        questions={questions}
        problems={placed?.at === 'fields' ? placed.problems : {}}
      />
    </form>
  );
}
