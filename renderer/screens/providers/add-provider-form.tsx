import { type FormEvent, useRef, useState } from 'react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary, Question } from '../../../shared/domain/provider.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { TextField } from '../../components/text-field.tsx';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { ProviderNotes } from './provider-notes.tsx';
import styles from './providers.module.css';
import { helpOf, missingWords, QuestionField } from './question-field.tsx';
import { SuggestField } from './suggest-field.tsx';
import type { ConnectionDraft } from './use-add-provider.ts';
import { useSuggestions } from './use-suggestions.ts';

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
  const suggestions = useSuggestions(provider.id);
  const plain = provider.settings.filter(({ suggested }) => !suggested);
  const suggested = provider.settings.filter((setting) => setting.suggested);
  const answer = (name: string, value: string) => {
    setFilled((before) => ({ ...before, answers: { ...before.answers, [name]: value } }));
    if (!suggested.some((setting) => setting.name === name)) suggestions.forget();
  };

  const read = (questions: readonly Question[]) => {
    const typed = form.current === null ? null : new FormData(form.current);
    const answerTo = ({ name, kind }: Question) =>
      kind === 'secret' ? String(typed?.get(name) ?? '') : (filled.answers[name] ?? '').trim();
    return Object.fromEntries(
      questions.map((question) => [question.name, answerTo(question)]).filter(([, value]) => value !== ''),
    ) as Record<string, string>;
  };
  const unansweredOf = (questions: readonly Question[], answers: Readonly<Record<string, string>>) =>
    questions.filter(({ name, required }) => required && !(name in answers)).map(({ name }) => name);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTrying) return;
    const settings = read(provider.settings);
    const credential = read(provider.credential);
    const unanswered = [
      ...unansweredOf(provider.settings, settings),
      ...unansweredOf(provider.credential, credential),
    ];
    const unnamed = filled.name.trim() === '' ? [nameField] : [];
    setMissing([...unnamed, ...unanswered]);
    if (unanswered.length + unnamed.length > 0) return;
    onAdd({ name: filled.name.trim(), environment: filled.environment, settings, credential });
  };

  /** What has to be answered before the provider can be asked for a setting. */
  const missingToList = () => [
    ...unansweredOf(plain, read(plain)),
    ...unansweredOf(provider.credential, read(provider.credential)),
  ];
  const list = (setting: string) => {
    const unanswered = missingToList();
    setMissing(unanswered);
    if (unanswered.length > 0) return;
    void suggestions.list(setting, {
      environment: filled.environment,
      settings: read(provider.settings),
      credential: read(provider.credential),
    });
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
      <ProviderNotes provider={provider} />
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
          onChange={(environment) => {
            setFilled({ ...filled, environment });
            suggestions.forget();
          }}
        />
      )}
      {fields(plain)}
      {provider.credential.length > 0 && (
        <Section
          level={3}
          title="Credential"
          description="Lets Keyturn manage keys in your name. It is kept in the vault and sent to this provider only."
        >
          {/* Secrets are not followed as they are typed; that one changed is all that is noticed. */}
          <div className={styles.form} onInput={suggestions.forget}>
            {fields(provider.credential)}
          </div>
        </Section>
      )}
      {suggested.map((setting) => (
        <SuggestField
          key={setting.name}
          label={setting.label}
          help={helpOf(setting)}
          placeholder={setting.placeholder}
          error={missingWords(missing.includes(setting.name))}
          value={filled.answers[setting.name] ?? ''}
          onChange={(value) => answer(setting.name, value)}
          suggestions={suggestions.of(setting.name)}
          canList={() => missingToList().length === 0}
          onList={() => list(setting.name)}
        />
      ))}
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
