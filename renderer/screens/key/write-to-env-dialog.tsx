import type { KeyId } from '../../../shared/domain/ids.ts';
import { assertNever } from '../../../shared/result.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { PathField } from '../../components/path-field.tsx';
import { Spinner } from '../../components/spinner.tsx';
import { TextField } from '../../components/text-field.tsx';
import { count } from '../../text/dates.ts';
import { words } from '../../text/errors.ts';
import { type Inspection, useWriteToEnv, type WriteToEnv } from './use-write-to-env.ts';
import styles from './write-to-env-dialog.module.css';

export interface WriteToEnvDialogProps {
  readonly keyId: KeyId;
  readonly onClose: () => void;
}

/** Asks for a file and the names of the variables, and says what the file would take. */
export function WriteToEnvDialog({ keyId, onClose }: WriteToEnvDialogProps) {
  const form = useWriteToEnv(keyId, onClose);
  const isWriting = form.state === 'ready' && form.isWriting;
  return (
    <Dialog
      isOpen
      title="Write to .env"
      description={
        form.state === 'ready'
          ? `${form.detail.name} goes into the file; everything else in it stays as it is.`
          : ''
      }
      size="medium"
      onClose={isWriting ? null : onClose}
      footer={
        <>
          <Button variant="quiet" isDisabled={isWriting} onPress={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form="write-to-env"
            isPending={isWriting}
            isDisabled={!canWrite(form)}
          >
            Write to .env
          </Button>
        </>
      }
    >
      <Body form={form} />
    </Dialog>
  );
}

function canWrite(form: WriteToEnv): boolean {
  if (form.state !== 'ready' || form.file.trim() === '' || form.inspection.state === 'failed') return false;
  const names = Object.values(form.variables).filter((name) => name.trim() !== '');
  return names.length > 0 && names.every((name) => variableProblem(name) === null);
}

function Body({ form }: { readonly form: WriteToEnv }) {
  switch (form.state) {
    case 'loading':
      return <Spinner label="Reading the key" />;
    case 'failed':
      return <FailureCallout failure={form.error} />;
    case 'ready': {
      const { inspection, failure } = form;
      return (
        <form
          id="write-to-env"
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (canWrite(form) && !form.isWriting) form.write();
          }}
        >
          <PathField
            autoFocus
            value={form.file}
            onChange={form.setFile}
            onChoose={form.choose}
            placeholder="/home/you/project/.env"
            help={inspectionWords(inspection)}
            error={inspection.state === 'failed' ? words(inspection.error).title : null}
          />
          {form.detail.fields.map((field) => (
            <TextField
              key={field.name}
              mono
              label={`Variable for ${field.label}`}
              value={form.variables[field.name] ?? ''}
              onChange={(variable) => form.setVariable(field.name, variable)}
              help={variableHelp(form.variables[field.name] ?? '', inspection)}
              error={variableProblem(form.variables[field.name] ?? '')}
            />
          ))}
          {failure !== null && <FailureCallout failure={failure} />}
        </form>
      );
    }
    default:
      return assertNever(form);
  }
}

function inspectionWords(inspection: Inspection): string {
  switch (inspection.state) {
    case 'none':
      return 'The whole path. A file that is not there yet is created, readable by you alone.';
    case 'looking':
      return 'Looking at the file…';
    case 'failed':
      return '';
    case 'known':
      return inspection.exists
        ? `The file is there and has ${count(inspection.variables.size, 'variable')}.`
        : 'The file is not there yet. It will be created, readable by you alone.';
  }
}

function variableHelp(variable: string, inspection: Inspection): string {
  const name = variable.trim();
  if (name === '') return 'Left empty, this part is not written.';
  if (inspection.state !== 'known') return '';
  return inspection.variables.has(name)
    ? `The file has ${name}. Its value will be replaced.`
    : `${name} will be added to the file.`;
}

/** What is wrong with a variable's name, in words; null when nothing is. Empty is allowed. */
export function variableProblem(variable: string): string | null {
  const name = variable.trim();
  if (name === '' || /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return null;
  return 'Letters, digits and underscores, not a digit first.';
}
