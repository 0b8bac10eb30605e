import { type FormEvent, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { TakeInFacts } from '../../app-state.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { PasteField } from '../../components/paste-field.tsx';
import { Section } from '../../components/section.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Advice } from '../generate-key/advice.tsx';
import { keyFieldName, withoutKeyProblems } from '../generate-key/draft.ts';
import styles from '../generate-key/generate-key.module.css';
import { AnyForm, KeyFields, readKey } from '../generate-key/key-fields.tsx';
import { RotationChoice } from '../generate-key/rotation-choice.tsx';
import { TargetsSection } from '../generate-key/targets-section.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { AccountChoice } from './account-choice.tsx';
import { atProvider, problemsOf, stillWrong, type TakeInDraft } from './draft.ts';
import { becauseOf, belongings, type Recognition } from './recognised.ts';
import { type Recognised, useRecognition } from './use-recognition.ts';
import type { TakeIn } from './use-take-in.ts';

type Ready = Extract<TakeIn, { state: 'ready' }>;

export interface TakeInFormProps extends Omit<Ready, 'state'> {
  readonly id: string;
  readonly draft: TakeInDraft;
  readonly onDraft: (change: (before: TakeInDraft) => TakeInDraft) => void;
  readonly facts: TakeInFacts;
  readonly onOpenKey: (id: KeyId) => void;
  readonly onAddProvider: () => void;
}

/** The value first; by its form most of the rest is known. */
export function TakeInForm(props: TakeInFormProps) {
  const { id, draft, onDraft, facts, catalog, connections, rotationDays, taking, send, place } = props;
  const form = useRef<HTMLFormElement>(null);
  const value = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(draft);
  const [anyForm, setAnyForm] = useState(false);
  const isRunning = taking.step === 'running';
  const placed = taking.step === 'filling' ? taking.placed : null;
  useLookAtProblem(form, placed);
  const provider = catalog.find((each) => each.id === draft.providerId);
  const problems = placed?.at === 'fields' ? stillWrong(placed.problems, tried, draft) : {};
  const isFixed = facts.connectionId !== undefined;
  const change = (part: Partial<TakeInDraft>) => onDraft((before) => ({ ...before, ...part }));

  const onKnown = (recognition: Recognition) => {
    const found = belongings(recognition, catalog);
    const [first, ...others] = found;
    if (isFixed) {
      const own = found.find((each) => each.provider.id === draft.providerId);
      if (own !== undefined) change({ mainField: own.field });
    } else if (first !== undefined && others.length === 0) {
      onDraft((before) => atProvider(before, first, connections, rotationDays));
    }
  };
  const { recognised, look, lookSoon } = useRecognition(() => value.current?.value.trim() ?? '', onKnown);
  const recognition = recognised.state === 'known' ? recognised.recognition : null;
  const found = recognition === null ? [] : belongings(recognition, catalog);
  const known = recognition?.known ?? null;

  const onEdit = () => {
    setAnyForm(false);
    if (placed !== null) place(withoutKeyProblems(placed));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || form.current === null || known !== null) return;
    // Enter may come before the typing has paused.
    look();
    setTried(draft);
    const key = readKey(form.current);
    const wrong = problemsOf(draft, key, provider, Date.now());
    if (Object.keys(wrong).length > 0) place({ at: 'fields', problems: wrong });
    else if (provider !== undefined) {
      const { providerKeyId = null, createdAt = null } = facts;
      send(draft, { provider, key, anyForm, providerKeyId, createdAt });
    }
  };

  const main = provider?.fields.find(({ name }) => name === draft.mainField);
  const others = provider?.fields.filter((field) => field !== main) ?? [];
  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <div className={styles.stack}>
        <PasteField
          inputRef={value}
          label="Key"
          name={keyFieldName(draft.mainField ?? '')}
          secret
          isRequired
          autoFocus
          help={keyHelp(provider, main?.label)}
          error={problems[keyFieldName(draft.mainField ?? '')] ?? null}
          onEdit={() => {
            onEdit();
            lookSoon();
          }}
          onPasted={look}
          onLeave={look}
        />
        {known === null ? (
          !isFixed && <Because recognised={recognised} text={becauseOf(found)} />
        ) : (
          <Callout
            isNews
            tone="info"
            title="The vault holds this key already"
            action={<Button onPress={() => props.onOpenKey(known.id)}>Open {known.name}</Button>}
          >
            It is the key “{known.name}”. There is nothing to take in.
          </Callout>
        )}
        {others.length > 0 && (
          <KeyFields key={provider?.id} fields={others} problems={problems} onEdit={onEdit} />
        )}
        {placed?.at === 'fields' && placed.mayInsist === true && (
          <AnyForm isSelected={anyForm} onChange={setAnyForm} />
        )}
      </div>
      {!isFixed &&
        (recognised.state !== 'nothing' || provider !== undefined || problems.provider !== undefined) && (
          <Select
            label={found.length === 1 ? 'Provider' : 'Which provider is it from?'}
            options={providerOptions(
              found.map((each) => each.provider),
              catalog,
            )}
            value={draft.providerId}
            error={problems.provider}
            onChange={(providerId) => {
              const chosen = catalog.find((each) => each.id === providerId);
              if (chosen === undefined) return;
              const told = found.find((each) => each.provider.id === providerId);
              const belonging = told ?? { provider: chosen, field: null, environment: null };
              onDraft((before) => atProvider(before, belonging, connections, rotationDays));
              place(null);
            }}
          />
        )}
      {provider !== undefined && known === null && (
        <>
          <div className={styles.pair}>
            <AccountChoice
              provider={provider}
              connections={connections}
              draft={draft}
              isFixed={isFixed}
              onChange={change}
              onAddProvider={props.onAddProvider}
            />
            <TextField
              label="Name"
              value={draft.name}
              onChange={(name) => change({ name })}
              help="Where it is used. One key per application and environment keeps a leak small."
              error={problems.name}
            />
            <DayField
              value={draft.madeOn}
              onChange={(madeOn) => change({ madeOn })}
              error={problems.madeOn}
            />
          </div>
          <TargetsSection
            targets={draft.targets}
            fields={provider.fields}
            problems={problems}
            onChange={(targets) => change({ targets })}
          />
          <Section level={3} title="Rotation">
            <RotationChoice everyDays={draft.everyDays} onChange={(everyDays) => change({ everyDays })} />
          </Section>
          <Advice provider={provider} />
        </>
      )}
    </form>
  );
}

function keyHelp(provider: ProviderSummary | undefined, label: string | undefined): string {
  const taken = provider !== undefined && provider.fields.length > 1 && label !== undefined;
  return taken
    ? `Taken as its ${label}. It is masked here, and stays on this computer while Keyturn looks at its form.`
    : 'Paste it. It is masked here, and stays on this computer while Keyturn looks at its form.';
}

function Because({ recognised, text }: { readonly recognised: Recognised; readonly text: string }) {
  const words: Record<Recognised['state'], string> = {
    nothing: '',
    looking: 'Looking at its form…',
    failed: 'Its form could not be looked at. Choose the provider that issued it.',
    known: text,
  };
  return (
    <p role="status" className={styles.help}>
      {words[recognised.state]}
    </p>
  );
}

/** Those whose form fits first, then all the others by name. */
function providerOptions(fitting: readonly ProviderSummary[], catalog: readonly ProviderSummary[]) {
  const others = catalog
    .filter((provider) => !fitting.includes(provider))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return [
    ...fitting.map(({ id, name }) => ({ value: id, label: name, description: 'The form fits' })),
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

interface DayFieldProps {
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly error: string | undefined;
}

function DayField({ value, onChange, error }: DayFieldProps) {
  return (
    <TextField
      label="About when was it made?"
      type="date"
      value={value}
      onChange={onChange}
      help="Optional. Its time until it is due counts from then; otherwise from what the provider lists, or today."
      error={error}
    />
  );
}
