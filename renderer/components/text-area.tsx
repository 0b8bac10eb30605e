import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Label,
  Text,
} from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './field.module.css';

export interface TextAreaProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children' | 'type'> {
  readonly label: string;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly mono?: boolean;
}

/** Several lines of text. */
export function TextArea({ label, help, error, placeholder, mono, ...rest }: TextAreaProps) {
  const wrong = error !== undefined && error !== null;
  return (
    <AriaTextField
      {...rest}
      {...(wrong ? { isInvalid: true } : {})}
      spellCheck="false"
      className={cx(styles.field)}
    >
      <Label className={cx(styles.label)}>{label}</Label>
      <AriaTextArea
        {...(placeholder === undefined ? {} : { placeholder })}
        className={cx(styles.input, styles.area, mono === true && styles.mono)}
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
