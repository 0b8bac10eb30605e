import { type FormEvent, useRef, useState } from 'react';
import { Checkbox } from '../../components/checkbox.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import { PasteField } from '../../components/paste-field.tsx';
import { PathField } from '../../components/path-field.tsx';
import { backupLine, backupPlace, backupWords } from '../../text/backup.ts';
import type { PageFailure } from '../../text/errors.ts';
import { useLookAtProblem } from '../generate-key/use-look-at-problem.ts';
import styles from './backup.module.css';

export interface MakeBackupFormProps {
  readonly id: string;
  readonly isRunning: boolean;
  readonly failure: PageFailure | null;
  /** Answers whether it was made. */
  readonly onMake: (file: string, passphrase: string, replace: boolean) => Promise<boolean>;
  readonly onEdit: () => void;
}

type Wrong = { readonly at: 'file' | 'passphrase' | 'repeat'; readonly text: string } | null;

/** The fewest characters of a backup's passphrase. */
const passphraseMinLength = 12;

/** Where the backup goes and what locks it. The passphrase stands in its fields alone, until it has done its work. */
export function MakeBackupForm({ id, isRunning, failure, onMake, onEdit }: MakeBackupFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [file, setFile] = useState('');
  const [replaces, setReplaces] = useState(false);
  const [wrong, setWrong] = useState<Wrong>(null);
  const place = failure === null ? null : backupPlace(failure);
  useLookAtProblem(form, failure ?? wrong);
  const errorAt = (at: 'file' | 'passphrase' | 'repeat'): string | null => {
    if (wrong !== null) return wrong.at === at ? wrong.text : null;
    return failure !== null && place === at ? backupLine(failure) : null;
  };
  const edited = () => {
    setWrong(null);
    if (failure !== null && failure.code !== 'file-exists') onEdit();
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isRunning || form.current === null) return;
    const typed = new FormData(form.current);
    const passphrase = String(typed.get('passphrase') ?? '');
    const found = problemOf(file, passphrase, String(typed.get('repeat') ?? ''));
    setWrong(found);
    if (found !== null) return;
    const isMade = await onMake(file.trim(), passphrase, replaces);
    if (isMade) form.current?.reset();
  };

  return (
    <form id={id} ref={form} className={styles.form} onSubmit={submit} noValidate inert={isRunning}>
      {failure !== null && place === 'form' && <FailureWords words={backupWords(failure)} />}
      <PathField
        value={file}
        onChange={(next) => {
          setFile(next);
          setReplaces(false);
          setWrong(null);
          onEdit();
        }}
        help="Its whole path, such as /media/stick/keyturn.age."
        error={errorAt('file')}
        autoFocus
      />
      {failure?.code === 'file-exists' && (
        <Checkbox
          label="Replace the file that is there"
          help="It is replaced only once the new backup is whole."
          isSelected={replaces}
          onChange={setReplaces}
        />
      )}
      <PasteField
        name="passphrase"
        label="Passphrase"
        secret
        isRequired
        help={`At least ${passphraseMinLength} characters. A few unrelated words are good.`}
        error={errorAt('passphrase')}
        onEdit={edited}
      />
      <PasteField
        name="repeat"
        label="Repeat passphrase"
        secret
        isRequired
        error={errorAt('repeat')}
        onEdit={edited}
      />
      <p className={styles.quiet}>
        The passphrase is kept nowhere and cannot be recovered. Without it nobody opens the backup.
      </p>
    </form>
  );
}

function problemOf(file: string, passphrase: string, repeat: string): Wrong {
  if (file.trim() === '') return { at: 'file', text: 'Say where the backup goes.' };
  if ([...passphrase].length < passphraseMinLength) {
    return { at: 'passphrase', text: `Use at least ${passphraseMinLength} characters.` };
  }
  return passphrase === repeat ? null : { at: 'repeat', text: 'The two are not the same.' };
}
