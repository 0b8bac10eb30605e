import type { KeyId, TargetId } from '../../../shared/domain/ids.ts';
import type { KeyDetail, TargetState } from '../../../shared/ipc/keys.contract.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { attentionWords } from '../../text/attention.ts';
import { words } from '../../text/errors.ts';
import { type CheckStep, type CheckWords, checkStepWords, checkWords } from '../../text/keys.ts';
import { stoppedWork } from '../../text/stopped-work.ts';
import { latenessWords } from '../../text/work.ts';
import type { NextStep } from '../keys/next-action.ts';
import styles from './key-screen.module.css';
import { RotatedCallout } from './rotated-callout.tsx';
import { StoppedCallout } from './stopped-callout.tsx';
import type { CheckResult, KeyActions } from './use-key.ts';

export interface KeyCalloutsProps {
  readonly detail: KeyDetail;
  /** The latest work of the key; null where there is none. */
  readonly work: WorkView | null;
  readonly check: CheckResult | null;
  /** How the key's files stand; null while that is being read. */
  readonly states: ReadonlyMap<TargetId, TargetState> | null;
  readonly isBusy: boolean;
  readonly actions: Pick<KeyActions, 'continueWork' | 'keepWithout'>;
  /** Whether the provider has a page for keys that can be opened. */
  readonly hasDashboard: boolean;
  readonly onStep: (to: NextStep['to']) => void;
  readonly onCheckStep: (step: CheckStep) => void;
  readonly onOpenKey: (id: KeyId) => void;
}

/** What must be known of a key before anything else, each with its next step. */
export function KeyCallouts(props: KeyCalloutsProps) {
  const { detail, work, check, states, isBusy, hasDashboard, actions } = props;
  const { onStep, onCheckStep, onOpenKey } = props;
  const attention = detail.attention === null ? null : attentionWords(detail.attention);
  // The work knows more of why it stopped than the key's record.
  const stopped = work === null ? null : stoppedWork(work);
  const lateness = work?.keyId === detail.id ? latenessWords(work) : null;
  const { replacedBy, replaces } = detail;
  return (
    <>
      {work !== null && (
        <StoppedCallout
          work={work}
          targets={detail.targets}
          states={states}
          isBusy={isBusy}
          onShow={() => onStep('show-work')}
          onTryAgain={actions.continueWork}
          onKeepWithout={({ id }) => actions.keepWithout(id)}
        />
      )}
      {stopped === null && attention !== null && (
        <Callout
          tone="attention"
          title={attention.title}
          action={
            <Button isDisabled={isBusy} onPress={() => onStep(attention.action)}>
              {attention.actionLabel}
            </Button>
          }
        >
          <p>{attention.text}</p>
        </Callout>
      )}
      {detail.unsealed && (
        <Callout
          tone="info"
          title="This key can still be copied once"
          action={<Button onPress={() => onStep('copy-once')}>Copy once</Button>}
        >
          <p>Afterwards it is sealed: Keyturn writes it to files and never shows it again.</p>
        </Callout>
      )}
      {check !== null && (
        <CheckCallout
          check={check}
          detail={detail}
          hasDashboard={hasDashboard}
          isBusy={isBusy}
          onCheckStep={onCheckStep}
        />
      )}
      {work !== null && <RotatedCallout detail={detail} work={work} />}
      {detail.retiresAt !== null && detail.revokedAt === null && (
        <Callout
          tone="info"
          title="Replaced, and alive until its grace ends"
          {...(replacedBy === null
            ? {}
            : { action: <Button onPress={() => onOpenKey(replacedBy)}>Open the new key</Button> })}
        >
          <p>
            It is revoked <RelativeTime at={detail.retiresAt} />.
          </p>
        </Callout>
      )}
      {detail.revokedAt !== null && replacedBy !== null && (
        <Callout
          tone="info"
          title="Replaced by a newer key"
          action={<Button onPress={() => onOpenKey(replacedBy)}>Open the new key</Button>}
        >
          {lateness}
        </Callout>
      )}
      {replaces === null && stopped === null && detail.status === 'rotating' && detail.workId !== null && (
        <Callout
          tone="info"
          title="This key is being replaced"
          action={<Button onPress={() => onStep('rotate')}>Open the rotation</Button>}
        />
      )}
      {replaces !== null && detail.status === 'rotating' && (
        <Callout
          tone="info"
          title="This key is about to replace another"
          action={<Button onPress={() => onOpenKey(replaces)}>Open the old key</Button>}
        />
      )}
    </>
  );
}

interface CheckCalloutProps extends Pick<KeyCalloutsProps, 'detail' | 'isBusy' | 'onCheckStep'> {
  readonly check: CheckResult;
  readonly hasDashboard: boolean;
}

function CheckCallout({ check, detail, hasDashboard, isBusy, onCheckStep }: CheckCalloutProps) {
  const { tone, title, text, next } = wordsOf(check, detail);
  const steps = next.filter((step) => canDo(step, detail, hasDashboard));
  return (
    <Callout isNews tone={tone} title={title}>
      <p>{text}</p>
      {steps.length > 0 && (
        <div className={styles.next}>
          {steps.map((step) => (
            <Button key={step} isDisabled={isBusy} onPress={() => onCheckStep(step)}>
              {checkStepWords(step)}
            </Button>
          ))}
        </div>
      )}
    </Callout>
  );
}

function wordsOf(check: CheckResult, detail: KeyDetail): CheckWords {
  if (check.state === 'checked') return checkWords(check.outcome, detail);
  const { title, body, next } = words(check.error);
  return {
    tone: 'attention',
    title: `Not checked: ${lowerFirst(title)}`,
    text: next === undefined ? body : `${body} ${next}`,
    next: ['check-again'],
  };
}

/** Names such as "API" keep their capitals. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

function canDo(step: CheckStep, detail: KeyDetail, hasDashboard: boolean): boolean {
  if (step === 'open-dashboard') return hasDashboard;
  if (step === 'rotate') return detail.status === 'active' || detail.status === 'needs-attention';
  return true;
}
