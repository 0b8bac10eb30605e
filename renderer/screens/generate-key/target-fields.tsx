import { Trash2 } from 'lucide-react';
import type { Environment } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { PathField } from '../../components/path-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { count } from '../../text/dates.ts';
import { words } from '../../text/errors.ts';
import { atFile, type Problems, type TargetDraft, withVariable } from './draft.ts';
import { ConfirmTracked, GitGuard } from './git-guard.tsx';
import styles from './target-fields.module.css';
import { TargetOptions } from './target-options.tsx';
import type { FileInspections, Inspection } from './use-file-inspections.ts';

export interface TargetFieldsProps {
  readonly target: TargetDraft;
  readonly fields: ProviderSummary['fields'];
  readonly inspections: FileInspections;
  /** The key's name, as far as it is known. */
  readonly keyName: string;
  /** null while it is not known. */
  readonly environment: Environment | null;
  readonly problems: Problems;
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
  return (
    <fieldset className={styles.target} aria-label={target.file === '' ? 'A file' : target.file}>
      <div className={styles.file}>
        <PathField
          value={target.file}
          onChange={(file) => onChange(atFile(target, file))}
          onChoose={props.onChoose}
          placeholder="/home/you/project/.env"
          help={fileWords(inspection)}
          error={problems[`target.${target.id}.file`] ?? refusal(inspection)}
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
            {fields.map((field) => (
              <TextField
                key={field.name}
                label={`Variable for ${field.label}`}
                mono
                value={target.variables[field.name] ?? ''}
                onChange={(variable) => onChange(withVariable(target, field.name, variable))}
                help={variableWords(target.variables[field.name] ?? '', seen, fields.length > 1)}
                error={problems[`target.${target.id}.variable.${field.name}`]}
              />
            ))}
          </div>
          <TargetOptions target={target} file={seen?.file ?? null} onChange={onChange} />
        </>
      )}
    </fieldset>
  );
}

function fileWords(inspection: Inspection | undefined): string | undefined {
  if (inspection?.state !== 'seen') return undefined;
  const { exists, variables, git } = inspection.file;
  const ignored = git.state === 'ignored' ? ' Git ignores it.' : '';
  return exists
    ? `There, with ${count(variables.length, 'variable')}. Everything else in it stays as it is.${ignored}`
    : `Not there yet. It will be made, for you alone to read.${ignored}`;
}

function refusal(inspection: Inspection | undefined): string | null {
  if (inspection?.state !== 'refused') return null;
  const { title, next } = words(inspection.failure);
  return next === undefined ? `${title}.` : `${title}. ${next}`;
}

function variableWords(
  variable: string,
  seen: Extract<Inspection, { state: 'seen' }> | null,
  canBeLeftOut: boolean,
): string | undefined {
  const name = variable.trim();
  if (name === '') return canBeLeftOut ? 'Empty: this field is not written here.' : undefined;
  if (seen === null || !seen.file.exists) return undefined;
  return seen.file.variables.includes(name)
    ? `The file has ${name}. Its value will be replaced.`
    : `${name} will be added to the file.`;
}
