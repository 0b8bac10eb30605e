import { Trash2 } from 'lucide-react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Callout } from '../../components/callout.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { PathField } from '../../components/path-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { allowing, atFile, type Problems, type TargetDraft, variableProblem, withVariable } from './draft.ts';
import { ConfirmTracked, GitGuard } from './git-guard.tsx';
import { HeldVariable } from './held-variable.tsx';
import styles from './target-fields.module.css';
import { TargetOptions } from './target-options.tsx';
import { fileRefusal, fileWords, holderOf, oddFileWords, variableWords } from './target-words.ts';
import type { FileInspections } from './use-file-inspections.ts';
import { useFreshInspection } from './use-fresh-inspection.ts';

export interface TargetFieldsProps {
  readonly target: TargetDraft;
  readonly fields: ProviderSummary['fields'];
  readonly inspections: FileInspections;
  /** The key's name, as far as it is known. */
  readonly keyName: string;
  /** null while it is not known. */
  readonly environment: Environment | null;
  readonly problems: Problems;
  /** That another target of the form is the same place; null where none is. */
  readonly repetition?: string | null;
  /** Whether the key is on its way into the file. */
  readonly isWriting?: boolean;
  readonly onChange: (target: TargetDraft) => void;
  /** Takes this target out of the form; null where it is the only thing asked. */
  readonly onRemove: (() => void) | null;
  readonly onChoose?: (() => Promise<string | null>) | undefined;
  readonly autoFocus?: boolean;
}

/** One file: under which variable each field of the key is written there, how Git deals with it, and who reads it. */
export function TargetFields(props: TargetFieldsProps) {
  const { target, fields, inspections, keyName, environment, problems, onChange, onRemove } = props;
  const inspection = inspections.of(target.file);
  const seen = inspection?.state === 'seen' ? inspection : null;
  const odd = seen === null ? null : oddFileWords(seen.file);
  const fileProblem =
    problems[`target.${target.id}.file`] ?? fileRefusal(inspection) ?? props.repetition ?? undefined;
  const fileHelp = props.isWriting === true ? 'Writing to the file…' : fileWords(target.file, inspection);
  useFreshInspection(target, problems, inspections.again);
  return (
    <fieldset className={styles.target} aria-label={target.file === '' ? 'A file' : target.file}>
      <div className={styles.file}>
        <PathField
          value={target.file}
          onChange={(file) => onChange(atFile(target, file))}
          onChoose={props.onChoose}
          placeholder="/home/you/project/.env"
          help={fileProblem === undefined ? fileHelp : undefined}
          error={fileProblem}
          autoFocus={props.autoFocus ?? false}
        />
        {onRemove !== null && (
          <div className={styles.remove}>
            <IconButton label="Remove this file" icon={Trash2} onPress={onRemove} />
          </div>
        )}
      </div>
      {target.file.trim() !== '' && (
        <>
          {odd !== null && (
            <Callout tone="attention" title={odd.title}>
              {odd.text}
            </Callout>
          )}
          {seen !== null && (
            <GitGuard
              inspection={seen}
              environment={environment}
              onIgnore={() => inspections.ignore(target.file)}
            />
          )}
          <ConfirmTracked
            key={target.file}
            isNeeded={environment === 'live' && seen?.file.git.state === 'tracked'}
            keyName={keyName}
            value={target.confirmName}
            error={problems[`target.${target.id}.confirm`]}
            onChange={(confirmName) => onChange({ ...target, confirmName })}
          />
          <div className={styles.variables}>
            {fields.map((field) => {
              const variable = target.variables[field.name] ?? '';
              const problem =
                problems[`target.${target.id}.variable.${field.name}`] ??
                variableProblem(variable) ??
                undefined;
              const help = variableWords(field.name, target.variables, seen?.file ?? null);
              return (
                <TextField
                  key={field.name}
                  label={`Variable for ${field.label}`}
                  mono
                  value={variable}
                  onChange={(next) => onChange(withVariable(target, field.name, next))}
                  help={problem === undefined ? help : undefined}
                  error={problem}
                />
              );
            })}
          </div>
          {fields.map((field) => {
            const variable = (target.variables[field.name] ?? '').trim();
            const holder = seen === null ? null : holderOf(seen.file, variable);
            if (holder === null) return null;
            return (
              <HeldVariable
                key={field.name}
                variable={variable}
                holder={holder}
                mayReplace={target.mayReplace.includes(holder.keyId)}
                error={problems[`target.${target.id}.held.${field.name}`]}
                onChange={(mayReplace) => onChange(allowing(target, holder.keyId, mayReplace))}
              />
            );
          })}
          <TargetOptions target={target} file={seen?.file ?? null} onChange={onChange} />
        </>
      )}
    </fieldset>
  );
}
