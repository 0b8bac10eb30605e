import { type FormEvent, useRef, useState } from 'react';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import { assertNever } from '../../../shared/result.ts';
import { EnvironmentBadge } from '../../components/badge.tsx';
import { Callout } from '../../components/callout.tsx';
import { Fact, FactList } from '../../components/fact-list.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Value } from '../../components/value.tsx';
import { count } from '../../text/dates.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { InTheDashboard } from '../generate-key/in-the-dashboard.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { asksAt } from '../providers/asked-at.ts';
import styles from './revoke.module.css';
import { type Holders, isRevokedByHand, type LastUsed, type Revoke } from './use-revoke.ts';

export type RevokeFormProps = Omit<Extract<Revoke, { state: 'ready' }>, 'state'> & { readonly id: string };

/** What will break, and for a live key its name as confirmation. */
export function RevokeForm(props: RevokeFormProps) {
  const { id, detail, connection, holders, lastUsed, revoking, revoke, saidRevoked } = props;
  const [name, setName] = useState('');
  const [mismatch, setMismatch] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const provider = connection?.provider;
  const questions = provider === undefined ? [] : asksAt(provider, 'revoke');
  const isByHand = isRevokedByHand(connection);
  const isLive = detail.environment === 'live' && !isByHand;
  const failure = revoking.step === 'asking' ? revoking.failure : null;
  useLookAtProblem(form, failure);
  const isNameWrong = failure?.code === 'confirmation-needed';
  const placed = failure === null || isNameWrong ? null : placeFailure(failure, [], questions);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || revoking.step === 'running') return;
    if (isByHand) {
      saidRevoked();
      return;
    }
    const isConfirmed = !isLive || name === detail.name;
    setMismatch(!isConfirmed);
    if (isConfirmed) revoke(isLive ? name : detail.name, readAnswers(form.current));
  };

  return (
    <form
      id={id}
      ref={form}
      className={styles.form}
      onSubmit={submit}
      noValidate
      inert={revoking.step === 'running'}
    >
      {placed?.at === 'form' && <FailureCallout failure={placed.failure} />}
      <Breaks detail={detail} holders={holders} />
      <FactList>
        <Fact label="Key">
          <Value lastFour={detail.lastFour} /> <EnvironmentBadge environment={detail.environment} />
        </Fact>
        <Fact label="Last used">
          <LastUse lastUsed={lastUsed} />
        </Fact>
      </FactList>
      {isByHand && provider !== undefined && (
        <Section
          level={3}
          title={`Revoke it at ${provider.name}`}
          description={`${provider.name} revokes keys in its dashboard only. Do it there, then say so here.`}
        >
          <InTheDashboard provider={provider} url={connection?.dashboardUrl ?? null} purpose="revoke" />
        </Section>
      )}
      {isLive && (
        <TextField
          label={`Type “${detail.name}” to confirm`}
          value={name}
          onChange={(next) => {
            setName(next);
            setMismatch(false);
          }}
          help="This is a live key: what uses it stops working at once."
          error={mismatch || isNameWrong ? 'That is not the name of the key. Nothing was revoked.' : null}
          autoFocus
        />
      )}
      {!isByHand && (
        <AnswerFields
          provider={detail.provider}
          questions={questions}
          problems={placed?.at === 'fields' ? placed.problems : {}}
        />
      )}
    </form>
  );
}

interface BreaksProps {
  readonly detail: KeyDetail;
  readonly holders: Holders;
}

function Breaks({ detail, holders }: BreaksProps) {
  switch (holders.state) {
    case 'looking':
      return <p className={styles.quiet}>Looking at the files that had this key…</p>;
    case 'unknown':
      return <FailureCallout failure={holders.failure} />;
    case 'known': {
      const holding = holders.targets.filter((target) => target.state === 'in-step');
      const unreadable = holders.targets.filter((target) => target.state === 'unreadable');
      if (holding.length === 0 && unreadable.length === 0) {
        return (
          <Callout tone="info" title="No file that Keyturn knows holds this key">
            Whatever else has a copy of it stops working.
          </Callout>
        );
      }
      return (
        <Callout tone="attention" title={breaksTitle(holding.length)}>
          <ul className={styles.files}>
            {[...holding, ...unreadable].map((target) => (
              <li key={target.targetId}>
                <span className="mono">{fileOf(detail, target)}</span>
                {target.state === 'unreadable' && ' (cannot be read; it may hold the key)'}
              </li>
            ))}
          </ul>
          Rotate instead if these should keep working.
        </Callout>
      );
    }
  }
}

const breaksTitle = (holding: number): string =>
  holding === 0
    ? 'A file that had this key cannot be read'
    : `${count(holding, 'file')} still ${holding === 1 ? 'holds' : 'hold'} this key and will stop working`;

const fileOf = (detail: KeyDetail, state: TargetState): string =>
  detail.targets.find((target) => target.id === state.targetId)?.file ?? state.detail;

function LastUse({ lastUsed }: { readonly lastUsed: LastUsed }) {
  switch (lastUsed.state) {
    case 'asking':
      return 'Asking the provider';
    case 'unknown':
      return 'Not known; the provider does not tell';
    case 'known':
      return <RelativeTime at={lastUsed.at} />;
    default:
      return assertNever(lastUsed);
  }
}
