import { Search, X } from 'lucide-react';
import { type Ref, useImperativeHandle, useRef } from 'react';
import styles from './search-field.module.css';

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string;
  /** Arrow Down or Enter: on to what was found. */
  readonly onLeave?: () => void;
  readonly inputRef?: Ref<HTMLInputElement | null>;
}

/** Searches as one types. Escape empties it. */
export function SearchField({ label, value, onChange, placeholder, onLeave, inputRef }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(inputRef, () => input.current as HTMLInputElement, []);
  return (
    <search className={styles.search}>
      <Search aria-hidden className={styles.icon} />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={value}
        className={styles.input}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value !== '') {
            event.stopPropagation();
            onChange('');
          }
          if ((event.key === 'ArrowDown' || event.key === 'Enter') && onLeave !== undefined) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label="Clear search"
          className={styles.clear}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
        >
          <X aria-hidden className={styles.icon} />
        </button>
      )}
    </search>
  );
}
