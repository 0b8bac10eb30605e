import { type Ref, useId } from 'react';
import { cx } from './cx.ts';
import styles from './field.module.css';

export interface PasteFieldProps {
  readonly label: string;
  /** Under which the form's data has the value. */
  readonly name: string;
  /** Masks what is pasted, without a way to show it. */
  readonly secret: boolean;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  /** Something was typed or pasted; the field itself knows what. */
  readonly onEdit?: (() => void) | undefined;
  /** A whole value came in at once, and stands in the field by now. */
  readonly onPasted?: (() => void) | undefined;
  readonly onLeave?: (() => void) | undefined;
}

/**
 * One line for a value that the page must not keep. It stands in the browser's own field and nowhere else: not in React's
 * state, and not in an attribute, where a field that React controls would repeat it. Read it from the form's data.
 */
export function PasteField({
  label,
  name,
  secret,
  help,
  error,
  placeholder,
  isRequired,
  autoFocus,
  inputRef,
  onEdit,
  onPasted,
  onLeave,
}: PasteFieldProps) {
  const id = useId();
  const isWrong = error !== undefined && error !== null;
  const hasHelp = help !== undefined && help !== '';
  const describedBy = [hasHelp && `${id}-help`, isWrong && `${id}-error`].filter((part) => part !== false);
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        ref={inputRef}
        id={id}
        name={name}
        type={secret ? 'password' : 'text'}
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        placeholder={placeholder}
        // biome-ignore lint/a11y/noAutofocus: a dialog opens for this field
        autoFocus={autoFocus}
        aria-required={isRequired === true || undefined}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy.length === 0 ? undefined : describedBy.join(' ')}
        className={cx(styles.input, styles.plain, styles.mono)}
        onInput={onEdit}
        // The value is in the field only after the event.
        onPaste={onPasted === undefined ? undefined : () => setTimeout(onPasted)}
        onBlur={onLeave}
      />
      {hasHelp && (
        <span id={`${id}-help`} className={styles.help}>
          {help}
        </span>
      )}
      {isWrong && (
        <span id={`${id}-error`} className={styles.error}>
          {error}
        </span>
      )}
    </div>
  );
}
