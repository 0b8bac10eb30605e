import { type FormEvent, useId, useRef, useState } from 'react';
import type { ListedKey } from '../../../shared/domain/provider.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { TextField } from '../../components/text-field.tsx';
import { count } from '../../text/dates.ts';
import type { PageFailure } from '../../text/errors.ts';
import { AnswerFields, readAnswers } from '../generate-key/answer-fields.tsx';
import styles from './providers.module.css';
import type { ProvidersActions } from './use-providers.ts';

export interface StraysProps {
  readonly connection: ConnectionView;
  readonly strays: readonly ListedKey[];
  readonly actions: ProvidersActions;
}

/** Keys that the provider lists and the vault does not know. Some are in use by others: revoking is asked twice. */
export function Strays({ connection, strays, actions }: StraysProps) {
  const [asked, setAsked] = useState<ListedKey | null>(null);
  const id = useId();
  const alive = strays.filter((stray) => stray.active);
  const hide = (
    <Button size="small" variant="quiet" onPress={() => actions.hideStrays(connection.id)}>
      Hide
    </Button>
  );
  if (alive.length === 0) {
    return (
      <Callout tone="done" title="No strays" isNews action={hide}>
        Every key that works at {connection.provider.name} is in the vault.
      </Callout>
    );
  }
  return (
    <Callout
      tone="attention"
      title={`${count(alive.length, 'stray')}: ${alive.length === 1 ? 'a key that works' : 'keys that work'} and the vault does not know`}
      isNews
      action={hide}
    >
      <p>
        Made elsewhere, or left behind. Revoke only what nothing uses. One of them can be the credential that
        Keyturn itself works with here: without that one, it is cut off.
      </p>
      <ul className={styles.strays}>
        {alive.map((stray) => (
          <li key={stray.providerKeyId} className={styles.stray}>
            <span id={`${id}-${stray.providerKeyId}`} className={styles.strayName}>
              {nameOf(stray)} <span className="mono">{stray.masked}</span>
            </span>
            <span className={styles.quiet}>
              {stray.createdAt !== null && (
                <>
                  made <RelativeTime at={stray.createdAt} />
                </>
              )}
              {stray.lastUsedAt !== null && (
                <>
                  {stray.createdAt === null ? '' : ', '}used <RelativeTime at={stray.lastUsedAt} />
                </>
              )}
            </span>
            <Button
              size="small"
              onPress={() => setAsked(stray)}
              aria-describedby={`${id}-${stray.providerKeyId}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {asked !== null && (
        <RevokeStrayDialog
          connection={connection}
          stray={asked}
          onRevoke={(confirmName, answers) => actions.revokeStray(connection.id, asked, confirmName, answers)}
          onClose={() => setAsked(null)}
        />
      )}
    </Callout>
  );
}

/** The name that the provider lists it under; its id where it has none. */
const nameOf = (stray: ListedKey): string => (stray.name === '' ? stray.providerKeyId : stray.name);

interface RevokeStrayDialogProps {
  readonly connection: ConnectionView;
  readonly stray: ListedKey;
  readonly onRevoke: (confirmName: string, answers: Record<string, string>) => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

type Revoking =
  | { readonly step: 'asking'; readonly failure: PageFailure | null; readonly isMismatch: boolean }
  | { readonly step: 'running' };

function RevokeStrayDialog({ connection, stray, onRevoke, onClose }: RevokeStrayDialogProps) {
  const [name, setName] = useState('');
  const [revoking, setRevoking] = useState<Revoking>({ step: 'asking', failure: null, isMismatch: false });
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const isLive = connection.environment === 'live';
  const isRunning = revoking.step === 'running';

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || isRunning) return;
    if (isLive && name !== nameOf(stray)) {
      setRevoking({ step: 'asking', failure: null, isMismatch: true });
      return;
    }
    const answers = readAnswers(form.current);
    setRevoking({ step: 'running' });
    const failure = await onRevoke(nameOf(stray), answers);
    if (failure === null) onClose();
    else setRevoking({ step: 'asking', failure, isMismatch: false });
  };

  return (
    <Dialog
      title={`Revoke ${nameOf(stray)}`}
      description="The vault does not have this key. If something uses it, that stops working. This cannot be undone."
      isOpen
      onClose={isRunning ? null : onClose}
      footer={
        <>
          <Button variant="quiet" onPress={onClose} isDisabled={isRunning}>
            Cancel
          </Button>
          <Button variant="danger" type="submit" form={id} isPending={isRunning}>
            Revoke
          </Button>
        </>
      }
    >
      <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate>
        {revoking.step === 'asking' && revoking.failure !== null && (
          <FailureCallout failure={revoking.failure} />
        )}
        {isLive && (
          <TextField
            label={`Type “${nameOf(stray)}” to confirm`}
            value={name}
            onChange={setName}
            help="It works in the live environment."
            error={
              revoking.step === 'asking' && revoking.isMismatch
                ? 'That is not its name. Nothing was revoked.'
                : null
            }
            autoFocus
          />
        )}
        <AnswerFields
          provider={connection.provider.name}
          questions={connection.provider.askedAtCall}
          problems={{}}
        />
      </form>
    </Dialog>
  );
}
