import type { Question } from '../../../shared/domain/provider.ts';
import { Section } from '../../components/section.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { Problems } from './draft.ts';

export interface AnswerFieldsProps {
  readonly provider: string;
  readonly questions: readonly Question[];
  /** What is wrong, by the field it belongs to. */
  readonly problems: Problems;
}

const prefix = 'answer.';

/**
 * What the provider asks at every call: a password, a one-time code. The answers stay in the fields of the form,
 * are read once when it is sent, and are never kept in the page's state.
 */
export function AnswerFields({ provider, questions, problems }: AnswerFieldsProps) {
  if (questions.length === 0) return null;
  return (
    <Section
      level={3}
      title={`Asked by ${provider}`}
      description="Used for this one request and forgotten. Keyturn does not keep it."
    >
      {questions.map((question) => (
        <TextField
          key={question.name}
          name={`${prefix}${question.name}`}
          label={question.label}
          help={
            question.required ? question.help : `${question.help} Leave it empty if it is not used.`.trim()
          }
          placeholder={question.placeholder}
          secret
          isRequired={question.required}
          error={problems[`${prefix}${question.name}`]}
        />
      ))}
    </Section>
  );
}

/** Reads the answers out of the form; empty ones are left out. */
export function readAnswers(form: HTMLFormElement): Record<string, string> {
  const entries = [...new FormData(form)].flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' && value !== ''
      ? [[name.slice(prefix.length), value] as const]
      : [],
  );
  return Object.fromEntries(entries);
}
