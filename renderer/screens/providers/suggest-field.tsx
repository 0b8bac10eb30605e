import { ChevronsUpDown } from 'lucide-react';
import {
  ComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Button as PlainButton,
  Popover,
  Text,
} from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import field from '../../components/field.module.css';
import popover from '../../components/popover.module.css';
import { oneLine } from '../../text/errors.ts';
import styles from './suggest-field.module.css';
import type { Suggestions } from './use-suggestions.ts';

export interface SuggestFieldProps {
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
  readonly error: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions: Suggestions;
  /** Whether enough is filled in for the provider to be asked. */
  readonly canList: () => boolean;
  readonly onList: () => void;
}

/** A text that the provider can suggest values for: it is asked on the way into the field, and anything can be typed. */
export function SuggestField(props: SuggestFieldProps) {
  const { label, help, value, onChange, suggestions, canList, onList } = props;
  const options = suggestions.step === 'listed' ? suggestions.options : [];
  const labelOf = (chosen: string) => options.find((option) => option.value === chosen)?.label;
  const fits = (option: string, typed: string) => {
    const text = typed.trim().toLocaleLowerCase();
    return `${option} ${labelOf(option) ?? ''}`.toLocaleLowerCase().includes(text);
  };
  const listIfNew = () => {
    if (suggestions.step === 'none' && canList()) onList();
  };
  return (
    <div className={styles.suggest}>
      <ComboBox
        allowsCustomValue
        inputValue={value}
        onInputChange={onChange}
        defaultFilter={fits}
        menuTrigger="focus"
        isInvalid={props.error !== null}
        onFocus={listIfNew}
        className={cx(field.field)}
      >
        <Label className={cx(field.label)}>{label}</Label>
        <div className={styles.control}>
          <Input
            placeholder={props.placeholder}
            autoComplete="off"
            spellCheck="false"
            className={cx(field.input, options.length > 0 && styles.withMenu)}
          />
          {options.length > 0 && (
            <PlainButton className={cx(styles.open)} aria-label={`Show what ${label} can be`}>
              <ChevronsUpDown aria-hidden className={styles.icon} />
            </PlainButton>
          )}
        </div>
        <Text slot="description" className={cx(field.help)}>
          {helpWords(help, suggestions, labelOf(value))}
        </Text>
        <FieldError className={cx(field.error)}>{props.error}</FieldError>
        <Popover offset={4} className={cx(popover.popover)}>
          <ListBox
            className={cx(popover.list)}
            items={options.map((option) => ({ ...option, id: option.value }))}
          >
            {(option) => (
              <ListBoxItem id={option.id} textValue={option.value} className={cx(popover.item)}>
                <span className={popover.words}>
                  <Text slot="label">
                    {option.label}
                    {option.label !== option.value && (
                      <span className={cx(popover.description, 'mono')}> {option.value}</span>
                    )}
                  </Text>
                </span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      <div className={styles.list}>
        <Button
          onPress={onList}
          isPending={suggestions.step === 'listing'}
          aria-label={`List what ${label} can be`}
        >
          List
        </Button>
      </div>
    </div>
  );
}

/** What the field is for, and what became of asking the provider. */
function helpWords(help: string, suggestions: Suggestions, chosen: string | undefined): string {
  const said = {
    none: 'Type it, or list what the provider has.',
    listing: 'Asking the provider…',
    listed: '',
    failed: '',
  }[suggestions.step];
  if (suggestions.step === 'failed') {
    return join(help, oneLine(suggestions.failure), 'It can be typed instead.');
  }
  if (suggestions.step === 'listed' && suggestions.options.length === 0) {
    return join(help, 'The provider lists nothing here. Type it instead.');
  }
  if (chosen !== undefined) return join(help, `Chosen: ${chosen}.`);
  return join(help, said);
}

const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');
