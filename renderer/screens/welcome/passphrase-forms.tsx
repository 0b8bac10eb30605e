import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { TextField } from '../../components/text-field.tsx';
import { oneLine, type PageFailure } from '../../text/errors.ts';
import styles from './welcome.module.css';

/** The fewest characters of a passphrase. */
export const passphraseMinLength = 12;

export interface ChoosePassphraseProps {
  readonly failure: PageFailure | null;
  readonly isBusy: boolean;
  readonly onChoose: (passphrase: string) => void;
}

type Problem = { readonly at: 'passphrase' | 'repeat'; readonly text: string } | null;

/** Chooses encrypted files: says what a passphrase means before it is chosen. It is read once and kept nowhere. */
export function ChoosePassphrase({ failure, isBusy, onChoose }: ChoosePassphraseProps) {
  const [problem, setProblem] = useState<Problem>(null);
  const form = useRef<HTMLFormElement>(null);
  const atField = failure?.code === 'passphrase-too-short';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || isBusy) return;
    const typed = new FormData(form.current);
    const passphrase = String(typed.get('passphrase') ?? '');
    const found = problemOf(passphrase, String(typed.get('repeat') ?? ''));
    setProblem(found);
    if (found === null) onChoose(passphrase);
  };

  return (
    <form
      ref={form}
      className={styles.form}
      onSubmit={submit}
      noValidate
      aria-label="Keep keys in encrypted files"
    >
      {failure !== null && !atField && <FailureCallout failure={failure} />}
      <TextField
        label="Passphrase"
        name="passphrase"
        secret
        help={`At least ${passphraseMinLength} characters. A few unrelated words are good.`}
        error={passphraseError(problem, atField ? failure : null)}
        autoFocus
      />
      <TextField
        label="Repeat passphrase"
        name="repeat"
        secret
        error={problem?.at === 'repeat' ? problem.text : null}
      />
      <p className={styles.warning}>
        Keyturn asks for it at every start. It is kept nowhere and cannot be recovered: without it the keys
        are gone, and have to be made anew at their providers.
      </p>
      <Button variant="primary" size="large" type="submit" isPending={isBusy}>
        Use a passphrase
      </Button>
    </form>
  );
}

function problemOf(passphrase: string, repeat: string): Problem {
  if ([...passphrase].length < passphraseMinLength) {
    return { at: 'passphrase', text: `Use at least ${passphraseMinLength} characters.` };
  }
  return passphrase === repeat ? null : { at: 'repeat', text: 'The two are not the same.' };
}

function passphraseError(problem: Problem, failure: PageFailure | null): string | null {
  if (problem !== null) return problem.at === 'passphrase' ? problem.text : null;
  return failure === null ? null : oneLine(failure);
}

export interface UnlockFormProps {
  readonly failure: PageFailure | null;
  readonly isBusy: boolean;
  readonly onUnlock: (passphrase: string) => void;
}

/** Opens encrypted files by their passphrase. */
export function UnlockForm({ failure, isBusy, onUnlock }: UnlockFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const isWrong = failure?.code === 'passphrase-wrong';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (form.current === null || isBusy) return;
    const passphrase = String(new FormData(form.current).get('passphrase') ?? '');
    if (passphrase !== '') onUnlock(passphrase);
  };
  return (
    <form ref={form} className={styles.form} onSubmit={submit} noValidate aria-label="Unlock the vault">
      {failure !== null && !isWrong && <FailureCallout failure={failure} />}
      <TextField
        label="Passphrase"
        name="passphrase"
        secret
        error={isWrong && failure !== null ? oneLine(failure) : null}
        autoFocus
      />
      <Button variant="primary" size="large" type="submit" isPending={isBusy}>
        Unlock
      </Button>
    </form>
  );
}
