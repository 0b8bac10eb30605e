import { Trash2 } from 'lucide-react';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { IconButton } from '../../components/icon-button.tsx';
import { PathField } from '../../components/path-field.tsx';
import { TextField } from '../../components/text-field.tsx';
import { words } from '../../text/errors.ts';
import type { Problems, TargetDraft } from './draft.ts';
import styles from './target-fields.module.css';
import type { Inspection } from './use-file-inspections.ts';

export interface TargetFieldsProps {
  readonly target: TargetDraft;
  readonly fields: ProviderSummary['fields'];
  readonly inspection: Inspection | undefined;
  readonly problems: Problems;
  readonly onChange: (target: TargetDraft) => void;
  /** Takes this target out of the form; null where it is the only thing asked. */
  readonly onRemove: (() => void) | null;
  readonly onChoose?: (() => Promise<string | null>) | undefined;
  readonly autoFocus?: boolean;
}

/** One file, and under which variable each field of the key is written there. */
export function TargetFields(props: TargetFieldsProps) {
  const { target, fields, inspection, problems, onChange, onRemove, onChoose, autoFocus = false } = props;
  const variables = (name: string, variable: string) =>
    onChange({ ...target, variables: { ...target.variables, [name]: variable } });
  return (
    <fieldset className={styles.target} aria-label={target.file === '' ? 'A file' : target.file}>
      <div className={styles.file}>
        <PathField
          value={target.file}
          onChange={(file) => onChange({ ...target, file })}
          onChoose={onChoose}
          placeholder="/home/you/project/.env"
          help={fileWords(inspection)}
          error={problems[`target.${target.id}.file`] ?? refusal(inspection)}
          autoFocus={autoFocus}
        />
        {onRemove !== null && (
          <div className={styles.remove}>
            <IconButton label="Remove this file" icon={Trash2} onPress={onRemove} />
          </div>
        )}
      </div>
      {target.file.trim() !== '' && (
        <div className={styles.variables}>
          {fields.map((field) => (
            <TextField
              key={field.name}
              label={fields.length === 1 ? 'Variable' : `Variable for ${field.label}`}
              mono
              value={target.variables[field.name] ?? ''}
              onChange={(variable) => variables(field.name, variable)}
              help={variableWords(target.variables[field.name] ?? '', inspection, fields.length > 1)}
              error={problems[`target.${target.id}.variable.${field.name}`]}
            />
          ))}
        </div>
      )}
    </fieldset>
  );
}

function fileWords(inspection: Inspection | undefined): string | undefined {
  switch (inspection?.state) {
    case 'new':
      return 'Not there yet. It will be made, for you alone to read.';
    case 'there':
      return inspection.variables.length === 1
        ? 'There, with 1 variable. Everything else in it stays as it is.'
        : `There, with ${inspection.variables.length} variables. Everything else in it stays as it is.`;
    case 'looking':
    case 'refused':
    case undefined:
      return undefined;
  }
}

function refusal(inspection: Inspection | undefined): string | null {
  if (inspection?.state !== 'refused') return null;
  const { title, next } = words(inspection.failure);
  return next === undefined ? `${title}.` : `${title}. ${next}`;
}

function variableWords(
  variable: string,
  inspection: Inspection | undefined,
  canBeLeftOut: boolean,
): string | undefined {
  const name = variable.trim();
  if (name === '') return canBeLeftOut ? 'Empty: this field is not written here.' : undefined;
  if (inspection?.state !== 'there') return undefined;
  return inspection.variables.includes(name)
    ? 'In the file already: its value is replaced.'
    : 'Will be added.';
}
