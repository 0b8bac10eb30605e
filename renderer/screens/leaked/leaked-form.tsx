import { type FormEvent, useRef, useState } from 'react';
import type { TargetId } from '../../../shared/domain/ids.ts';
import type { ProviderSummary, Question } from '../../../shared/domain/provider.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Callout } from '../../components/callout.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { RadioCards } from '../../components/radio-cards.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Value } from '../../components/value.tsx';
import { unconfirmedWords } from '../../text/git-standing.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { asksAt } from '../providers/asked-at.ts';
import styles from '../rotation/rotation.module.css';
import { TargetFailure } from '../rotation/target-failure.tsx';
import { LeakedFiles } from './leaked-files.tsx';
import { useLeakedFiles } from './use-leaked-files.ts';
import type { ReplaceLeaked } from './use-replace-leaked.ts';

export type LeakedFormProps = Omit<Extract<ReplaceLeaked, { state: 'choosing' }>, 'state'> & {
  readonly id: string;
  /** Leads to the key's page, where its files are mended. */
  readonly onShowFiles: () => void;
};

type Order = 'replace-first' | 'revoke-first';

/**
 * Which comes first, and which files get the new key. A live key's name is its confirmation where it is revoked before
 * there is a new one, and where the new one goes into a file that Git tracks.
 */
export function LeakedForm(props: LeakedFormProps) {
  const { id, detail, connection, isStarting, failure, start, onShowFiles } = props;
  const [order, setOrder] = useState<Order>('replace-first');
  const [name, setName] = useState('');
  const [isMismatch, setMismatch] = useState(false);
  const [without, setWithout] = useState<ReadonlySet<TargetId>>(new Set());
  const files = useLeakedFiles(detail.targets);
  const form = useRef<HTMLFormElement>(null);
  const provider = connection?.provider;
  const isAtOnce = provider?.replacement === 'at-once';
  const revokeFirst = order === 'revoke-first' && !isAtOnce;
  const isLive = detail.environment === 'live';
  const endsFirst = revokeFirst && isLive;
  const refusedFile = failure?.code === 'file-tracked' ? failure.file : null;
  const goesIntoTracked =
    isLive &&
    detail.targets.some(
      ({ id: target, file, mayBeTracked }) =>
        !without.has(target) && !mayBeTracked && (files.get(target)?.isTracked || file === refusedFile),
    );
  const mustType = endsFirst || goesIntoTracked;
  const questions = provider === undefined ? [] : questionsOf(provider);
  const isNameWrong = failure?.code === 'confirmation-needed' || refusedFile !== null;
  const placed = failure === null || isNameWrong ? null : placeFailure(failure, [], questions);
  useLookAtProblem(form, failure);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isStarting || form.current === null) return;
    const isConfirmed = !mustType || name === detail.name;
    setMismatch(!isConfirmed);
    if (!isConfirmed) return;
    start({
      revokeFirst,
      confirmName: endsFirst ? name : detail.name,
      answers: readAnswers(form.current),
      without: [...without],
      confirmTracked: goesIntoTracked ? name : '',
    });
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isStarting}>
      {placed?.at === 'form' && <TargetFailure failure={placed.failure} onShowFiles={onShowFiles} />}
      <FactList>
        <Fact label="Key">
          <Value lastFour={detail.lastFour} /> <EnvironmentBadge environment={detail.environment} />
        </Fact>
        <Fact label="Provider">{detail.provider}</Fact>
      </FactList>
      {isAtOnce ? (
        <Callout tone="attention" title="The leaked value ends the moment the new one is made">
          {detail.provider} replaces the key by itself. What uses it fails until it has read the new one.
        </Callout>
      ) : (
        <RadioCards<Order>
          label="What comes first"
          options={orders(provider)}
          value={order}
          onChange={(next) => {
            setOrder(next);
            setMismatch(false);
          }}
        />
      )}
      <LeakedFiles
        detail={detail}
        files={files}
        without={without}
        onWithout={(target, isLeftOut) => {
          const next = new Set(without);
          if (isLeftOut) next.add(target);
          else next.delete(target);
          setWithout(next);
          setMismatch(false);
        }}
        onShowFiles={onShowFiles}
      />
      {mustType && (
        <TextField
          label={`Type “${detail.name}” to confirm`}
          value={name}
          onChange={(next) => {
            setName(next);
            setMismatch(false);
          }}
          help={confirmHelp(endsFirst, goesIntoTracked)}
          error={isMismatch || isNameWrong ? mismatchWords(endsFirst, name) : null}
        />
      )}
      <AnswerFields
        provider={detail.provider}
        questions={questions}
        problems={placed?.at === 'fields' ? placed.problems : {}}
      />
    </form>
  );
}

function confirmHelp(endsFirst: boolean, goesIntoTracked: boolean): string {
  return [
    endsFirst && 'This is a live key: what uses it stops working at once.',
    goesIntoTracked && 'The new live key goes into a file that Git tracks.',
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}

const mismatchWords = (endsFirst: boolean, typed: string): string =>
  endsFirst ? 'That is not the name of the key. Nothing was revoked.' : unconfirmedWords(typed);

function orders(provider: ProviderSummary | undefined) {
  const isByHand = provider?.replacement === 'by-hand';
  const revokesByHand = provider !== undefined && !provider.operations.includes('revoke');
  return [
    {
      value: 'replace-first' as const,
      label: isByHand ? 'Replace first, then revoke' : 'Replace first, then revoke (seconds)',
      description: isByHand
        ? 'You make the new key in the dashboard and paste it. Until then the leaked one works.'
        : 'The new key is made, checked and written to its files. Then the leaked one is revoked.',
    },
    {
      value: 'revoke-first' as const,
      label: 'Revoke at once, before there is a new one',
      description: revokesByHand
        ? 'You revoke it in the dashboard first. What uses it fails until it has read the new one.'
        : 'The leaked value ends now. What uses it fails until it has read the new one.',
    },
  ];
}

/** Everything that is asked on the way: all calls are made right away. */
function questionsOf(provider: ProviderSummary): readonly Question[] {
  if (provider.replacement === 'at-once') return asksAt(provider, 'rotate');
  const made = provider.replacement === 'by-hand' ? [] : asksAt(provider, 'create');
  return [...made, ...asksAt(provider, 'revoke').filter((question) => !made.includes(question))];
}
