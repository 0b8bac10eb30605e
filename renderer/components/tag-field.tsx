import { X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './cx.ts';
import styles from './tag-field.module.css';
import { TextField } from './text-field.tsx';

export interface TagFieldProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  /** What is wrong with one text before it is taken; null when nothing is. */
  readonly validate?: (text: string) => string | null;
}

/**
 * A list of short texts, such as addresses. Enter, a comma or leaving the field takes what was typed;
 * pasting takes every part of a list; Backspace in the empty field takes the last one back for editing.
 */
export function TagField({ label, values, onChange, help, error, placeholder, validate }: TagFieldProps) {
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const take = (typed: string) => {
    const parts = splitTags(typed).filter((part) => !values.includes(part));
    const firstWrong =
      parts.map((part) => validate?.(part) ?? null).find((problem) => problem !== null) ?? null;
    setWrong(firstWrong);
    if (firstWrong !== null) return;
    setText('');
    if (parts.length > 0) onChange([...values, ...new Set(parts)]);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && text.trim() !== '') {
      event.preventDefault();
      take(text);
    }
    const last = values.at(-1);
    if (event.key === 'Backspace' && text === '' && last !== undefined) {
      event.preventDefault();
      onChange(values.slice(0, -1));
      setText(last);
    }
  };

  return (
    <div className={styles.field}>
      <TextField
        label={label}
        mono
        help={help}
        error={wrong ?? error}
        placeholder={placeholder}
        value={text}
        inputRef={input}
        onKeyDown={(event) => onKeyDown(event as unknown as KeyboardEvent)}
        onBlur={() => take(text)}
        onChange={(next) => {
          setWrong(null);
          if (/[,\n;]/.test(next)) take(next);
          else setText(next);
        }}
      />
      {values.length > 0 && (
        <ul aria-label={`${label}: ${values.length}`} className={styles.tags}>
          {values.map((value) => (
            <li key={value} className={styles.tag}>
              <span className="mono">{value}</span>
              <Button
                aria-label={`Remove ${value}`}
                className={cx(styles.remove)}
                onPress={() => {
                  onChange(values.filter((other) => other !== value));
                  input.current?.focus();
                }}
              >
                <X aria-hidden className={styles.icon} />
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The parts of a typed or pasted list: separated by commas, semicolons or white space. */
export function splitTags(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
