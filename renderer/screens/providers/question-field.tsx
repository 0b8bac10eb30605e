import type { Question } from '../../../shared/domain/provider.ts';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';

export interface QuestionFieldProps {
  readonly question: Question;
  /** What was typed or chosen; a secret stays in its field. */
  readonly value: string;
  readonly isMissing: boolean;
  readonly onChange: (value: string) => void;
}

/** One question of a definition, asked the way its kind wants it. */
export function QuestionField({ question, value, isMissing, onChange }: QuestionFieldProps) {
  const { name, label, kind, placeholder, options } = question;
  const error = missingWords(isMissing);
  const help = helpOf(question);
  switch (kind) {
    case 'choice':
      return (
        <Select
          label={label}
          options={options}
          value={value}
          onChange={onChange}
          help={question.help}
          error={error}
        />
      );
    case 'secret':
      return (
        <TextField label={label} name={name} secret help={help} placeholder={placeholder} error={error} />
      );
    case 'text':
    case 'url':
      return (
        <TextField
          label={label}
          value={value}
          onChange={onChange}
          mono={kind === 'url'}
          help={help}
          placeholder={placeholder}
          error={error}
        />
      );
  }
}

/** What is said at a field that is needed and empty. */
export const missingWords = (isMissing: boolean): string | null => (isMissing ? 'This is needed.' : null);

/** The help of a question, which also says when it may stay empty. */
export const helpOf = ({ help, required }: Question): string =>
  required ? help : `${help} Not needed by everyone.`.trim();
