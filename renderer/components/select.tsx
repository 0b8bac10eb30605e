import { Check, ChevronsUpDown } from 'lucide-react';
import {
  Select as AriaSelect,
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
  Text,
} from 'react-aria-components';
import { cx } from './cx.ts';
import field from './field.module.css';
import popover from './popover.module.css';
import styles from './select.module.css';

export interface Option<V extends string = string> {
  readonly value: V;
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

export interface SelectProps<V extends string> {
  readonly label: string;
  /** Names the control without taking room, where its place says enough. */
  readonly isLabelHidden?: boolean;
  readonly options: readonly Option<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly placeholder?: string | undefined;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly isDisabled?: boolean;
  readonly size?: 'small' | 'medium';
  /** Shown on the button in place of the chosen option: a filter's name while it filters nothing. */
  readonly buttonText?: string | undefined;
}

/** One of several, chosen from a list that opens. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { label, options, value, onChange, placeholder = 'Choose', help, error } = props;
  const wrong = error !== undefined && error !== null;
  return (
    <AriaSelect
      selectedKey={value}
      onSelectionChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      placeholder={placeholder}
      isInvalid={wrong}
      isDisabled={props.isDisabled === true}
      className={cx(field.field)}
    >
      <Label className={cx(props.isLabelHidden === true ? 'hidden-words' : field.label)}>{label}</Label>
      <Button
        className={cx(
          styles.button,
          props.size === 'small' && styles.small,
          props.size === 'small' && props.buttonText === undefined && styles.chosen,
        )}
      >
        <SelectValue className={cx(styles.value)}>
          {({ selectedText, isPlaceholder }) =>
            props.buttonText ?? (isPlaceholder ? placeholder : selectedText)
          }
        </SelectValue>
        <ChevronsUpDown aria-hidden className={styles.icon} />
      </Button>
      {help !== undefined && help !== '' && (
        <Text slot="description" className={cx(field.help)}>
          {help}
        </Text>
      )}
      <FieldError className={cx(field.error)}>{wrong ? error : null}</FieldError>
      <Popover offset={4} className={cx(popover.popover)}>
        <ListBox className={cx(popover.list)}>
          {options.map((option) => (
            <ListBoxItem
              key={option.value}
              id={option.value}
              textValue={option.label}
              isDisabled={option.isDisabled === true}
              className={cx(popover.item)}
            >
              <span className={popover.words}>
                <Text slot="label">{option.label}</Text>
                {option.description !== undefined && (
                  <Text slot="description" className={cx(popover.description)}>
                    {option.description}
                  </Text>
                )}
              </span>
              <Check aria-hidden className={popover.check} />
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
