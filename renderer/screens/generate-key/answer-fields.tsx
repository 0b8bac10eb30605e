import { useState } from 'react';
import type { Question } from '../../../shared/domain/provider.ts';
import { PasteField } from '../../components/paste-field.tsx';
import { Section } from '../../components/section.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { Problems } from './draft.ts';

export interface AnswerFieldsProps {
  readonly provider: string;
  /** What is asked at this operation, and at no other. */
  readonly questions: readonly Question[];
  /** What is wrong, by the field it belongs to. */
  readonly problems: Problems;
}

const prefix = 'answer.';

/**
 * What the provider asks at this call: a password, a one-time code, a choice. The answers stay in the fields of the form,
 * are read once when it is sent, and are never kept; what is secret is not in the page's state either.
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
        <AnswerField key={question.name} question={question} error={problems[`${prefix}${question.name}`]} />
      ))}
    </Section>
  );
}

interface AnswerFieldProps {
  readonly question: Question;
  readonly error: string | undefined;
}

function AnswerField({ question, error }: AnswerFieldProps) {
  const { label, placeholder, required, options } = question;
  const name = `${prefix}${question.name}`;
  const help = required ? question.help : `${question.help} Leave it empty if it is not used.`.trim();
  const [chosen, setChosen] = useState<string | null>(null);
  switch (question.kind) {
    case 'secret':
      return (
        <PasteField
          secret
          name={name}
          label={label}
          help={help}
          placeholder={placeholder}
          isRequired={required}
          error={error}
        />
      );
    case 'choice':
      return (
        <>
          <Select
            label={label}
            options={required ? options : [{ value: '', label: 'None' }, ...options]}
            value={chosen}
            onChange={setChosen}
            help={question.help}
            error={error}
          />
          <input type="hidden" name={name} value={chosen ?? ''} />
        </>
      );
    case 'text':
    case 'url':
      return (
        <TextField
          name={name}
          label={label}
          help={help}
          placeholder={placeholder}
          isRequired={required}
          error={error}
        />
      );
  }
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
