import { Siren } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { ProviderSummary, Question } from '../../../shared/domain/provider.ts';
import type { Grace } from '../../../shared/domain/work.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Section } from '../../components/section.tsx';
import { defaultGrace } from '../../text/grace.ts';
import { isAboutTarget } from '../../text/targets.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import { placeFailure } from '../generate-key/draft.ts';
import { InTheDashboard } from '../generate-key/in-the-dashboard.tsx';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import { asksAt } from '../providers/asked-at.ts';
import { GraceChoice } from './grace-choice.tsx';
import styles from './rotation.module.css';
import { TargetFailure } from './target-failure.tsx';
import { TargetFiles } from './target-files.tsx';
import type { RotateKey } from './use-rotate-key.ts';

export type RotateFormProps = Omit<Extract<RotateKey, { state: 'choosing' }>, 'state'> & {
  readonly id: string;
  /** The key has leaked: leads to where that is dealt with. */
  readonly onLeaked: () => void;
  /** Leads to the key's page, where its files are mended. */
  readonly onShowFiles: () => void;
};

/** How the key is replaced, how long the old one lives on, what will be written, and what the provider asks. */
export function RotateForm(props: RotateFormProps) {
  const { id, detail, connection, starting, failure, start, onLeaked, onShowFiles } = props;
  const [grace, setGrace] = useState<Grace>(defaultGrace);
  const [oldDiesNow, setOldDiesNow] = useState(false);
  const [isUnconfirmed, setUnconfirmed] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useLookAtProblem(form, failure);
  const provider = connection?.provider;
  const isAtOnce = provider?.replacement === 'at-once' || failure?.code === 'overlap-impossible';
  const isByHand = provider?.replacement === 'by-hand';
  const questions = provider === undefined ? [] : questionsOf(provider, isAtOnce ? 'now' : grace);
  const placed = failure === null ? null : placeFailure(failure, [], questions);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (starting || form.current === null) return;
    setUnconfirmed(isAtOnce && !oldDiesNow);
    if (isAtOnce && !oldDiesNow) return;
    start({ grace: isAtOnce ? 'now' : grace, oldDiesNow, answers: readAnswers(form.current) });
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={starting}>
      {placed?.at === 'form' && failure?.code !== 'overlap-impossible' && (
        <TargetFailure failure={placed.failure} onShowFiles={onShowFiles} />
      )}
      {isByHand && connection !== null && (
        <Section
          level={3}
          title={`You make the new key at ${detail.provider}`}
          description="Start here, make it there, and paste it when you have it. The rotation waits for you, also when Keyturn is closed meanwhile."
        >
          <InTheDashboard provider={connection.provider} url={connection.dashboardUrl} purpose="replace" />
        </Section>
      )}
      {isAtOnce ? (
        <div className={styles.stack}>
          <Callout
            tone="attention"
            title="The old key dies the moment the new one is made"
            isNews={failure?.code === 'overlap-impossible'}
          >
            {provider?.replacement === 'at-once'
              ? `${detail.provider} replaces the key by itself, so there is no time in which both work.`
              : `${detail.provider} allows no second key beside this one.`}{' '}
            What uses the old key fails until it has read the new one.
          </Callout>
          <Checkbox
            label="The old key dies now"
            help="The files below get the new key right after. Restart what reads them."
            isSelected={oldDiesNow}
            isInvalid={isUnconfirmed}
            onChange={(isConfirmed) => {
              setOldDiesNow(isConfirmed);
              setUnconfirmed(false);
            }}
          />
          {isUnconfirmed && (
            <p role="alert" className={styles.why}>
              Confirm this first. Nothing was changed.
            </p>
          )}
        </div>
      ) : (
        <div className={styles.stack}>
          <GraceChoice
            label="Grace for the old key"
            value={grace}
            onChange={setGrace}
            byHand={provider !== undefined && !provider.operations.includes('revoke')}
          />
          <div>
            <Button icon={Siren} onPress={onLeaked}>
              Leaked: replace now
            </Button>
          </div>
        </div>
      )}
      <TargetFiles
        detail={detail}
        onShowFiles={failure !== null && isAboutTarget(failure) ? null : onShowFiles}
        none={
          isAtOnce
            ? 'None. Wherever the old key is in use, you put the new one yourself.'
            : 'None. Wherever the old key is in use, you put the new one yourself before its grace ends.'
        }
      />
      <AnswerFields
        provider={detail.provider}
        questions={questions}
        problems={placed?.at === 'fields' ? placed.problems : {}}
      />
    </form>
  );
}

/** What is asked by the calls that are made right away; a grace that ends later asks when it does. */
function questionsOf(provider: ProviderSummary, grace: Grace): readonly Question[] {
  switch (provider.replacement) {
    case 'at-once':
      return asksAt(provider, 'rotate');
    case 'by-hand':
      return [];
    case 'overlap': {
      const atCreate = asksAt(provider, 'create');
      const atRevoke = grace === 'now' ? asksAt(provider, 'revoke') : [];
      return [...atCreate, ...atRevoke.filter((question) => !atCreate.includes(question))];
    }
  }
}
