import { type FormEvent, useId } from 'react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { PathField } from '../../components/path-field.tsx';
import styles from './definition.module.css';
import { DefinitionProblem } from './definition-faults.tsx';
import { DefinitionPreviewView } from './definition-preview.tsx';
import { useAddDefinition } from './use-add-definition.ts';
import { useChooseDefinition } from './use-choose-definition.ts';

export interface AddDefinitionDialogProps {
  readonly onClose: () => void;
  readonly onBack: () => void;
  /** The definition was added; its form comes next. */
  readonly onAdded: (provider: ProviderSummary) => void;
}

/** A provider of the user's own: name its file, see what it would do, add it. */
export function AddDefinitionDialog({ onClose, onBack, onAdded }: AddDefinitionDialogProps) {
  const { file, setFile, state, check, add } = useAddDefinition(onAdded);
  const onChoose = useChooseDefinition();
  const form = useId();
  const isShown = state.step === 'shown';
  const isBusy = state.step === 'checking' || (isShown && state.isAdding);
  const failure = state.step === 'checking' ? null : state.failure;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isBusy) check();
  };

  return (
    <Dialog
      title="Add from a file"
      description="A JSON file can describe a provider that Keyturn does not know. You see what it would do before it is added."
      isOpen
      onClose={isBusy ? null : onClose}
      size="large"
      footer={
        <>
          <Button variant="quiet" isDisabled={isBusy} onPress={onBack}>
            Back
          </Button>
          <Button
            variant={isShown ? 'secondary' : 'primary'}
            type="submit"
            form={form}
            isPending={state.step === 'checking'}
            isDisabled={isShown && state.isAdding}
          >
            Check file
          </Button>
          {isShown && (
            <Button variant="primary" onPress={add} isPending={state.isAdding}>
              Add definition
            </Button>
          )}
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={submit} noValidate>
        <PathField
          value={file}
          onChange={setFile}
          onChoose={onChoose}
          placeholder="/home/you/my-provider.json"
          help="It is read once and kept in the vault; later changes to the file do nothing until you add it again."
          autoFocus
        />
      </form>
      {failure !== null && <DefinitionProblem failure={failure} />}
      {isShown && <DefinitionPreviewView preview={state.preview} />}
    </Dialog>
  );
}
