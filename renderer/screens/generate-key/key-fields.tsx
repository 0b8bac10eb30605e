import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { PasteField } from '../../components/paste-field.tsx';
import type { Problems } from './draft.ts';
import { keyFieldName } from './draft.ts';
import styles from './generate-key.module.css';

export interface KeyFieldsProps {
  readonly fields: ProviderSummary['fields'];
  readonly problems: Problems;
  readonly onEdit: () => void;
  readonly autoFocus?: boolean;
}

/** Where each field of a key is pasted. The values stay in the fields and are read once, when the form is sent. */
export function KeyFields({ fields, problems, onEdit, autoFocus = false }: KeyFieldsProps) {
  return (
    <div className={styles.pair}>
      {fields.map((field, index) => (
        <PasteField
          key={field.name}
          name={keyFieldName(field.name)}
          label={field.label}
          secret={field.secret}
          isRequired
          error={problems[keyFieldName(field.name)]}
          onEdit={onEdit}
          autoFocus={autoFocus && index === 0}
        />
      ))}
    </div>
  );
}

export interface AnyFormProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
}

/** Asked after a value was turned down for how it looks. */
export function AnyForm({ isSelected, onChange }: AnyFormProps) {
  return (
    <Checkbox
      label="Take it in as it is"
      help="For a key of an older or a newer form than Keyturn knows."
      isSelected={isSelected}
      onChange={onChange}
    />
  );
}

/** Reads the values out of the form, without the white space that copying may bring; empty ones are left out. */
export function readKey(form: HTMLFormElement): Record<string, string> {
  const prefix = keyFieldName('');
  const entries = [...new FormData(form)].flatMap(([name, value]) =>
    name.startsWith(prefix) && typeof value === 'string' && value.trim() !== ''
      ? [[name.slice(prefix.length), value.trim()] as const]
      : [],
  );
  return Object.fromEntries(entries);
}

/** Empties the fields, once what was in them is where it belongs. */
export function forgetKey(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll('input')) {
    if (input.name.startsWith(keyFieldName(''))) input.value = '';
  }
}
