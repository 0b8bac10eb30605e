import { Plus } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { Section } from '../../components/section.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { rotationChoices } from '../../text/providers.ts';
import { AnswerFields, readAnswers } from './answer-fields.tsx';
import {
  atConnection,
  type Draft,
  emptyDraft,
  newTarget,
  type Placed,
  problemsOf,
  stillWrong,
} from './draft.ts';
import styles from './generate-key.module.css';
import { Limits } from './limits.tsx';
import { TargetFields } from './target-fields.tsx';
import { useChooseFile } from './use-choose-file.ts';
import { useFileInspections } from './use-file-inspections.ts';
import type { Choices } from './use-generate-key.ts';
import { useLookAtProblem } from './use-look-at-problem.ts';

export interface GenerateKeyFormProps {
  readonly id: string;
  readonly choices: Choices;
  readonly first: ConnectionId | null;
  /** What the last try came to, at the fields it belongs to. */
  readonly placed: Placed | null;
  readonly isRunning: boolean;
  readonly onSend: (
    draft: Draft & { readonly connectionId: ConnectionId },
    answers: Record<string, string>,
  ) => void;
  readonly onPlace: (placed: Placed | null) => void;
}

/** The fields of a new key, in the order in which a person decides them. */
export function GenerateKeyForm({
  id,
  choices,
  first,
  placed,
  isRunning,
  onSend,
  onPlace,
}: GenerateKeyFormProps) {
  const { connections, rotationDays } = choices;
  const [draft, setDraft] = useState<Draft>(() => {
    const start = connections.find((each) => each.id === first) ?? connections[0];
    return emptyDraft(start?.id ?? null, start?.provider.fields ?? [], rotationDays);
  });
  const [tried, setTried] = useState(draft);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, placed);
  const chooseFile = useChooseFile();
  const inspections = useFileInspections(draft.targets.map((target) => target.file));
  const connection = connections.find((each) => each.id === draft.connectionId);
  const provider = connection?.provider;
  const problems = placed?.at === 'fields' ? stillWrong(placed.problems, tried, draft) : {};

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || form.current === null || connection === undefined || provider === undefined) return;
    setTried(draft);
    const found = problemsOf(draft, provider.creation);
    if (Object.keys(found).length > 0) onPlace({ at: 'fields', problems: found });
    else onSend({ ...draft, connectionId: connection.id }, readAnswers(form.current));
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
              description: `${each.provider.name}, ${each.environment}`,
            }))}
            value={draft.connectionId}
            onChange={(connectionId) => {
              const chosen = connections.find((each) => each.id === connectionId);
              if (chosen !== undefined)
                setDraft((before) => atConnection(before, connectionId, chosen.provider.fields));
            }}
          />
          {connection !== undefined && (
            <p className={styles.help}>
              <EnvironmentBadge environment={connection.environment} />{' '}
              {connection.environment === 'live'
                ? 'This key does real things at the provider.'
                : 'This key only rehearses; nothing real happens with it.'}
            </p>
          )}
        </div>
        <TextField
          label="Name"
          value={draft.name}
          onChange={(name) => change({ name })}
          help="Where it is used. The provider lists it under this name and a short tag."
          error={problems.name}
          autoFocus
        />
      </div>
      {provider !== undefined && (
        <>
          <Section
            level={3}
            title="Where to write it"
            description="The key is written to these files as soon as it is stored, and again at every rotation. Leave it empty to do this later."
          >
            <div className={styles.stack}>
              {draft.targets.map((target) => (
                <TargetFields
                  key={target.id}
                  target={target}
                  fields={provider.fields}
                  inspection={inspections.get(target.file.trim())}
                  problems={problems}
                  onChange={(next) =>
                    change({ targets: draft.targets.map((each) => (each.id === next.id ? next : each)) })
                  }
                  onRemove={
                    draft.targets.length === 1
                      ? null
                      : () => change({ targets: draft.targets.filter((each) => each.id !== target.id) })
                  }
                  onChoose={chooseFile}
                  autoFocus={target.id > 1}
                />
              ))}
              <div className={styles.add}>
                <Button
                  icon={Plus}
                  isDisabled={draft.targets.some((target) => target.file.trim() === '')}
                  onPress={() =>
                    change({ targets: [...draft.targets, newTarget(draft.targets, provider.fields)] })
                  }
                >
                  Add another file
                </Button>
              </div>
            </div>
          </Section>
          <Section level={3} title="Rotation">
            <RotationChoice everyDays={draft.everyDays} onChange={(everyDays) => change({ everyDays })} />
          </Section>
          <AnswerFields provider={provider.name} questions={provider.askedAtCall} problems={problems} />
          <Limits creation={provider.creation} draft={draft} problems={problems} onChange={change} />
        </>
      )}
    </form>
  );
}

interface RotationChoiceProps {
  readonly everyDays: number | null;
  readonly onChange: (everyDays: number | null) => void;
}

function RotationChoice({ everyDays, onChange }: RotationChoiceProps) {
  const known = rotationChoices.some(({ days }) => days === everyDays);
  const own = known || everyDays === null ? [] : [{ days: everyDays, label: `Every ${everyDays} days` }];
  const options = [...own, ...rotationChoices];
  return (
    <Select
      label="Rotate"
      options={options.map(({ days, label }) => ({ value: String(days), label }))}
      value={String(everyDays)}
      onChange={(value) => onChange(value === 'null' ? null : Number(value))}
      help={
        everyDays === null ? 'Nobody is reminded, and the key stays the same until you rotate it.' : undefined
      }
    />
  );
}
