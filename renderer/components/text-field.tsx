import type { Ref } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './field.module.css';

export interface TextFieldProps
  extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  readonly label: string;
  readonly help?: string | undefined;
  /** What is wrong with what stands in the field; null or missing when nothing is. */
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
  /** Masks what is typed, without a way to show it. */
  readonly secret?: boolean;
  /** `date` and `time`: the browser's own fields for a day and for a time of day. */
  readonly type?: 'text' | 'date' | 'time';
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its name, its help and what is wrong with it. */
export function TextField({
  label,
  help,
  error,
  placeholder,
  mono,
  secret,
  type = 'text',
  inputRef,
  ...rest
}: TextFieldProps) {
  const wrong = error !== undefined && error !== null;
  return (
    <AriaTextField
      {...rest}
      {...(wrong ? { isInvalid: true } : {})}
      type={secret === true ? 'password' : type}
      autoComplete="off"
      spellCheck="false"
      className={cx(styles.field)}
    >
      <Label className={cx(styles.label)}>{label}</Label>
      <Input
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        className={cx(styles.input, mono === true && styles.mono)}
      />
      {help !== undefined && help !== '' && (
        <Text slot="description" className={cx(styles.help)}>
          {help}
        </Text>
      )}
      <FieldError className={cx(styles.error)}>{wrong ? error : null}</FieldError>
    </AriaTextField>
  );
}
