import { type FormEvent, useRef, useState } from 'react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary, Question } from '../../../shared/domain/provider.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import styles from './providers.module.css';
import type { ConnectionDraft } from './use-add-provider.ts';

export interface AddProviderFormProps {
  readonly id: string;
  readonly provider: ProviderSummary;
  readonly isTrying: boolean;
  readonly failure: PageFailure | null;
  readonly onAdd: (draft: ConnectionDraft) => void;
}

/** What is filled in and is no secret. Secrets stay in their fields and are read once, when they are sent. */
interface Filled {
  readonly name: string;
  readonly environment: Environment;
  readonly answers: Readonly<Record<string, string>>;
}

/** The questions of a provider: its name here, its environment, its settings and its credential. */
export function AddProviderForm({ id, provider, isTrying, failure, onAdd }: AddProviderFormProps) {
  const [filled, setFilled] = useState<Filled>(() => ({
    name: provider.name,
    environment: provider.environments[0] ?? 'test',
    answers: firstChoices([...provider.settings, ...provider.credential]),
  }));
  const [missing, setMissing] = useState<readonly string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, missing.length > 0 ? missing : failure);
  const answer = (name: string, value: string) =>
    setFilled((before) => ({ ...before, answers: { ...before.answers, [name]: value } }));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTrying || form.current === null) return;
    const typed = new FormData(form.current);
    const read = (questions: readonly Question[]) =>
      Object.fromEntries(
        questions
          .map(
            ({ name, kind }) =>
              [
                name,
                kind === 'secret' ? String(typed.get(name) ?? '') : (filled.answers[name] ?? '').trim(),
              ] as const,
          )
          .filter(([, value]) => value !== ''),
      );
    const settings = read(provider.settings);
    const credential = read(provider.credential);
    const unanswered = [...provider.settings, ...provider.credential]
      .filter(({ name, required }) => required && !(name in settings) && !(name in credential))
      .map(({ name }) => name);
    const unnamed = filled.name.trim() === '' ? [nameField] : [];
    setMissing([...unnamed, ...unanswered]);
    if (unanswered.length + unnamed.length > 0) return;
    onAdd({ name: filled.name.trim(), environment: filled.environment, settings, credential });
  };

  const isNameTaken = failure?.code === 'name-taken';
  const fields = (questions: readonly Question[]) =>
    questions.map((question) => (
      <QuestionField
        key={question.name}
        question={question}
        value={filled.answers[question.name] ?? ''}
        isMissing={missing.includes(question.name)}
        onChange={(value) => answer(question.name, value)}
      />
    ));

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isTrying}>
      {failure !== null && !isNameTaken && <FailureCallout failure={failure} />}
      <TextField
        label="Connection name"
        value={filled.name}
        onChange={(name) => setFilled({ ...filled, name })}
        help="How you tell it apart here, if you have several accounts."
        error={nameError(isNameTaken ? failure : null, missing)}
      />
      {provider.environments.length > 1 && (
        <SegmentedControl
          label="Environment"
          options={provider.environments.map((value) => ({
            value,
            label: value === 'live' ? 'Live' : 'Test',
          }))}
          value={filled.environment}
          onChange={(environment) => setFilled({ ...filled, environment })}
        />
      )}
      {fields(provider.settings)}
      {provider.credential.length > 0 && (
        <Section
          level={3}
          title="Credential"
          description="Lets Keyturn manage keys in your name. It is kept in the vault and sent to this provider only."
        >
          <div className={styles.form}>{fields(provider.credential)}</div>
        </Section>
      )}
    </form>
  );
}

const nameField = 'connection name';

function nameError(taken: PageFailure | null, missing: readonly string[]): string | null {
  if (taken !== null) return oneLine(taken);
  return missing.includes(nameField) ? 'A connection needs a name.' : null;
}

/** A choice starts at its first option, as it would on paper; everything else starts empty. */
function firstChoices(questions: readonly Question[]): Record<string, string> {
  return Object.fromEntries(
    questions.flatMap(({ name, kind, options }) =>
      kind === 'choice' && options[0] !== undefined ? [[name, options[0].value] as const] : [],
    ),
  );
}

interface QuestionFieldProps {
  readonly question: Question;
  readonly value: string;
  readonly isMissing: boolean;
  readonly onChange: (value: string) => void;
}

function QuestionField({ question, value, isMissing, onChange }: QuestionFieldProps) {
  const { name, label, kind, help, placeholder, options, required } = question;
  const error = isMissing ? 'This is needed.' : null;
  const helpWords = required ? help : `${help} Not needed by everyone.`.trim();
  switch (kind) {
    case 'choice':
      return (
        <Select label={label} options={options} value={value} onChange={onChange} help={help} error={error} />
      );
    case 'secret':
      return (
        <TextField
          label={label}
          name={name}
          secret
          help={helpWords}
          placeholder={placeholder}
          error={error}
        />
      );
    case 'text':
    case 'url':
      return (
        <TextField
          label={label}
          value={value}
          onChange={onChange}
          mono={kind === 'url'}
          help={helpWords}
          placeholder={placeholder}
          error={error}
        />
      );
  }
}
