import { type FormEvent, useRef, useState } from 'react';
import type { AskedAtCall } from '../../../shared/domain/provider.ts';
import type { PageFailure } from '../../text/errors.ts';
import { readAnswers } from '../generate-key/answer-fields.tsx';

/** Whether something is being asked, what is wrong with the answers by the field, and why the last try failed. */
export type Asking =
  | {
      readonly step: 'asking';
      readonly failure: PageFailure | null;
      readonly problems: Readonly<Record<string, string>>;
    }
  | { readonly step: 'running' };

/**
 * A form that answers what a provider asks at one call. The answers stay in its fields and are read when it is sent;
 * `act` answers null when it is done.
 */
export function useAsking({
  questions,
  check,
  act,
  onDone,
}: {
  readonly questions: readonly AskedAtCall[];
  /** What else is wrong, by the field it belongs to. */
  readonly check?: () => Readonly<Record<string, string>>;
  readonly act: (answers: Record<string, string>) => Promise<PageFailure | null>;
  readonly onDone: () => void;
}) {
  const [asking, setAsking] = useState<Asking>({ step: 'asking', failure: null, problems: {} });
  const form = useRef<HTMLFormElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || asking.step === 'running') return;
    const answers = readAnswers(form.current);
    const problems = {
      ...check?.(),
      ...Object.fromEntries(
        questions
          .filter(({ name, required }) => required && !(name in answers))
          .map(({ name }) => [`answer.${name}`, 'This is needed.']),
      ),
    };
    if (Object.keys(problems).length > 0) {
      setAsking({ step: 'asking', failure: null, problems });
      return;
    }
    setAsking({ step: 'running' });
    const failure = await act(answers);
    if (failure === null) onDone();
    else setAsking({ step: 'asking', failure, problems: {} });
  };
  return { asking, form, submit };
}
