import { type FormEvent, useRef, useState } from 'react';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { isAssisted } from '../../text/providers.ts';
import { NewKeyPeriod } from '../policy/new-key-period.tsx';
import { asksAt } from '../providers/asked-at.ts';
import { Advice } from './advice.tsx';
import { AnswerFields, readAnswers } from './answer-fields.tsx';
import {
  atConnection,
  type Draft,
  type Placed,
  problemsOf,
  stillWrong,
  takeInProblems,
  withoutKeyProblems,
} from './draft.ts';
import { EnvironmentWords } from './environment-words.tsx';
import styles from './generate-key.module.css';
import { InTheDashboard } from './in-the-dashboard.tsx';
import { AnyForm, KeyFields, readKey } from './key-fields.tsx';
import { Limits } from './limits.tsx';
import { TargetsSection } from './targets-section.tsx';
import type { Choices, GenerateKey } from './use-generate-key.ts';
import { useLookAtProblem } from './use-look-at-problem.ts';

type Ready = Extract<GenerateKey, { state: 'ready' }>;

export interface GenerateKeyFormProps extends Pick<Ready, 'issue' | 'takeIn' | 'place'> {
  readonly id: string;
  readonly choices: Choices;
  readonly draft: Draft;
  readonly onDraft: (change: (before: Draft) => Draft) => void;
  readonly connection: ConnectionView;
  /** What the last try came to, at the fields it belongs to. */
  readonly placed: Placed | null;
  readonly isRunning: boolean;
}

/** The fields of a new key, in the order in which a person decides them. */
export function GenerateKeyForm(props: GenerateKeyFormProps) {
  const { id, choices, draft, onDraft, connection, placed, isRunning, issue, takeIn, place } = props;
  const { connections, periods } = choices;
  const { provider } = connection;
  const assisted = isAssisted(provider);
  const [tried, setTried] = useState(draft);
  const [anyForm, setAnyForm] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, placed);
  const problems = placed?.at === 'fields' ? stillWrong(placed.problems, tried, draft) : {};

  const change = (part: Partial<Draft>) => onDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || form.current === null) return;
    setTried(draft);
    const key = assisted ? readKey(form.current) : {};
    const found = assisted
      ? takeInProblems(draft, key, provider.fields)
      : problemsOf(draft, provider.creation);
    if (Object.keys(found).length > 0) place({ at: 'fields', problems: found });
    else if (assisted) takeIn(draft, connection, { key, anyForm });
    else issue(draft, connection, readAnswers(form.current));
  };

  const choose = (next: ConnectionView) => {
    onDraft((before) => atConnection(before, next.id, next.provider.fields));
    setAnyForm(false);
    place(null);
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <div className={styles.pair}>
        <div className={styles.tight}>
          <Select
            label="Connection"
            options={connections.map((each) => ({
              value: each.id,
              label: each.name,
              description: `${each.provider.name}, ${each.environment}${isAssisted(each.provider) ? ', made in its dashboard' : ''}`,
            }))}
            value={draft.connectionId}
            onChange={(connectionId) => {
              const chosen = connections.find((each) => each.id === connectionId);
              if (chosen !== undefined && chosen.id !== connection.id) choose(chosen);
            }}
          />
          <EnvironmentWords environment={connection.environment} />
        </div>
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => change({ name })}
          help={
            assisted
              ? 'Where it is used. One key per application and environment keeps a leak small.'
              : 'Where it is used. The provider lists it under this name and a short tag.'
          }
          error={problems.name}
          autoFocus
        />
      </div>
      {assisted && (
        <>
          <Section
            level={3}
            title={`Make the key at ${provider.name}`}
            description={`${provider.name} makes keys in its dashboard only. Keyturn takes over from there.`}
          >
            <InTheDashboard provider={provider} url={connection.dashboardUrl} purpose="create" />
          </Section>
          <Section level={3} title="Paste it here">
            <KeyFields
              key={connection.id}
              fields={provider.fields}
              problems={problems}
              onEdit={() => {
                setAnyForm(false);
                if (placed !== null) place(withoutKeyProblems(placed));
              }}
            />
            {placed?.at === 'fields' && placed.mayInsist === true && (
              <AnyForm isSelected={anyForm} onChange={setAnyForm} />
            )}
          </Section>
        </>
      )}
      <TargetsSection
        targets={draft.targets}
        fields={provider.fields}
        keyName={draft.name}
        environment={connection.environment}
        problems={problems}
        onChange={(targets) => change({ targets })}
      />
      <Section level={3} title="Rotation">
        <NewKeyPeriod
          value={draft.period}
          onChange={(period) => change({ period })}
          provider={provider}
          connection={connection}
          settings={periods}
          problems={problems}
        />
      </Section>
      {!assisted && (
        <>
          <AnswerFields
            key={connection.id}
            provider={provider.name}
            questions={asksAt(provider, 'create')}
            problems={problems}
          />
          <Limits
            connectionId={connection.id}
            provider={provider}
            draft={draft}
            problems={problems}
            onChange={change}
          />
        </>
      )}
      <Advice provider={provider} />
    </form>
  );
}
