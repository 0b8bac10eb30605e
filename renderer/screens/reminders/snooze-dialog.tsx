import { useId, useState } from 'react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useNow } from '../../components/use-now.ts';
import { count, isoDayIn } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { snoozeDayProblem } from '../../text/reminders.ts';
import { snooze } from './snooze.ts';

export interface SnoozeDialogProps {
  readonly keyIds: readonly KeyId[];
  readonly onClose: () => void;
}

/** Asks for the day until which nothing is said about the keys. */
export function SnoozeDialog({ keyIds, onClose }: SnoozeDialogProps) {
  const now = useNow();
  const form = useId();
  const [until, setUntil] = useState(() => isoDayIn(14, now));
  const [sending, setSending] = useState<
    { readonly step: 'idle'; readonly failure: PageFailure | null } | { readonly step: 'running' }
  >({ step: 'idle', failure: null });
  const problem = snoozeDayProblem(until, now);

  const send = async () => {
    if (problem !== null || sending.step === 'running') return;
    setSending({ step: 'running' });
    const failure = await snooze(keyIds, until, now);
    if (failure === null) onClose();
    else setSending({ step: 'idle', failure });
  };

  return (
    <Dialog
      title="Snooze"
      size="small"
      isOpen
      onClose={onClose}
      description={
        keyIds.length === 1
          ? 'Nothing is said about the key until the day. It stays due when it is due.'
          : `Nothing is said about ${count(keyIds.length, 'key')} until the day. They stay due when they are due.`
      }
      footer={
        <>
          <Button variant="quiet" onPress={onClose}>
            Cancel
          </Button>
          <Button variant="primary" type="submit" form={form} isPending={sending.step === 'running'}>
            Snooze
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {sending.step === 'idle' && sending.failure !== null && <FailureCallout failure={sending.failure} />}
        <TextField
          label="Until"
          type="date"
          value={until}
          onChange={setUntil}
          error={problem}
          autoFocus
          validationBehavior="aria"
        />
      </form>
    </Dialog>
  );
}
