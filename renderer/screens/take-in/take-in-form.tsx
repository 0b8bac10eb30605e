import { type FormEvent, useRef, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
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
import { TargetsSection } from '../generate-key/targets-section.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { NewKeyPeriod } from '../policy/new-key-period.tsx';
import { AccountChoice } from './account-choice.tsx';
import { atProvider, type Belonging, problemsOf, stillWrong, type TakeInDraft } from './draft.ts';
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
  const { id, draft, onDraft, facts, catalog, connections, periods, taking, send, place } = props;
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
      onDraft((before) => atProvider(before, first, connections));
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
  const keyError = problems[keyFieldName(draft.mainField ?? '')] ?? null;
  const account = connections.find((each) => each.id === draft.account);
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
          error={keyError}
          onEdit={() => {
            onEdit();
            lookSoon();
          }}
          onPasted={look}
          onLeave={look}
        />
        {known === null ? (
          keyError === null && (
            <p role="status" className={styles.help}>
              {keyWords(recognised, found, provider, main?.label, isFixed)}
            </p>
          )
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
        {placed?.at === 'fields' && placed.mayInsist === true && (
          <AnyForm isSelected={anyForm} onChange={setAnyForm} />
        )}
      </div>
      {!isFixed &&
        (recognised.state !== 'nothing' || provider !== undefined || problems.provider !== undefined) && (
          <Select
            label={found.length === 1 ? 'Provider' : 'Which provider is it from?'}
            options={providerOptions(
              connections,
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
              onDraft((before) => atProvider(before, belonging, connections));
              place(null);
            }}
          />
        )}
      {provider !== undefined && known === null && (
        <>
          {others.length > 0 && (
            <KeyFields key={provider.id} fields={others} problems={problems} onEdit={onEdit} />
          )}
          <div className={styles.pair}>
            <AccountChoice
              provider={provider}
              connections={connections}
              draft={draft}
              isFixed={isFixed}
              meanwhile="The pasted value is not kept meanwhile."
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
          </div>
          <TargetsSection
            targets={draft.targets}
            fields={provider.fields}
            keyName={draft.name}
            environment={account?.environment ?? draft.environment}
            problems={problems}
            onChange={(targets) => change({ targets })}
          />
          <Section level={3} title="Rotation">
            <div className={styles.pair}>
              <NewKeyPeriod
                value={draft.period}
                onChange={(period) => change({ period })}
                provider={provider}
                connection={account ?? null}
                settings={periods}
                problems={problems}
              />
              <TextField
                label="About when was it made?"
                type="date"
                value={draft.madeOn}
                onChange={(madeOn) => change({ madeOn })}
                help="Optional. Its time counts from then; otherwise from what the provider lists, or today."
                error={problems.madeOn}
              />
            </div>
          </Section>
          <Advice provider={provider} />
        </>
      )}
    </form>
  );
}

/** What is known of the pasted value, in a sentence below its field. */
function keyWords(
  recognised: Recognised,
  found: readonly Belonging[],
  provider: ProviderSummary | undefined,
  label: string | undefined,
  isFixed: boolean,
): string {
  const isPair = provider !== undefined && provider.fields.length > 1 && label !== undefined;
  const isByForm = found.some((each) => each.provider === provider);
  if (isPair && (isFixed || !isByForm)) return `Taken as the ${label} of the key.`;
  switch (recognised.state) {
    case 'nothing':
      return 'Paste it. It is masked here, and stays on this computer while Keyturn looks at its form.';
    case 'looking':
      return 'Looking at its form…';
    case 'failed':
      return 'Its form could not be looked at. Choose the provider that issued it.';
    case 'known':
      return isFixed ? '' : becauseOf(found);
  }
}

/** Those whose form fits first, the ones that the user has a connection to before the rest; then all the others by name. */
function providerOptions(
  connections: readonly ConnectionView[],
  fitting: readonly ProviderSummary[],
  catalog: readonly ProviderSummary[],
) {
  const isConnected = ({ id }: ProviderSummary) => connections.some(({ providerId }) => providerId === id);
  const first = fitting.toSorted((a, b) => Number(isConnected(b)) - Number(isConnected(a)));
  const others = catalog
    .filter((provider) => !fitting.includes(provider))
    .toSorted((a, b) => a.name.localeCompare(b.name));
  return [
    ...first.map(({ id, name }) => ({ value: id, label: name, description: 'The form fits' })),
    ...others.map(({ id, name }) => ({ value: id, label: name })),
  ];
}
