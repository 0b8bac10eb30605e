import type { KeyId } from '../../../shared/domain/ids.ts';
import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { attentionWords } from '../../text/attention.ts';
import { words } from '../../text/errors.ts';
import { checkWords } from '../../text/keys.ts';
import type { NextStep } from '../keys/next-action.ts';
import type { CheckResult } from './use-key.ts';

export interface KeyCalloutsProps {
  readonly detail: KeyDetail;
  readonly check: CheckResult | null;
  readonly isBusy: boolean;
  readonly onStep: (to: NextStep['to']) => void;
  readonly onOpenKey: (id: KeyId) => void;
}

/** What must be known of a key before anything else, each with its next step. */
export function KeyCallouts({ detail, check, isBusy, onStep, onOpenKey }: KeyCalloutsProps) {
  const attention = detail.attention === null ? null : attentionWords(detail.attention);
  const { replacedBy, replaces } = detail;
  return (
    <>
      {attention !== null && (
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
      {check !== null && <CheckCallout check={check} provider={detail.provider} />}
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

function CheckCallout({ check, provider }: { readonly check: CheckResult; readonly provider: string }) {
  if (check.state === 'failed') {
    const { title, body } = words(check.error);
    return (
      <Callout
        isNews
        tone="attention"
        title={`Not checked: ${title.charAt(0).toLowerCase()}${title.slice(1)}`}
      >
        <p>{body}</p>
      </Callout>
    );
  }
  const { title, text } = checkWords(check.outcome, provider);
  const tones = { valid: 'done', 'valid-but-limited': 'info', refused: 'danger' } as const;
  return (
    <Callout isNews tone={tones[check.outcome.outcome]} title={title}>
      <p>{text}</p>
    </Callout>
  );
}
