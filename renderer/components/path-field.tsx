import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import styles from './path-field.module.css';
import { TextField } from './text-field.tsx';

export interface PathFieldProps {
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** Opens the desktop's own dialog and answers the path; null when nothing was chosen. Missing where the host has none. */
  readonly onChoose?: (() => Promise<string | null>) | undefined;
  readonly help?: string | undefined;
  readonly error?: string | null | undefined;
  readonly placeholder?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A file, typed as a path or chosen. The field is named "File" wherever it stands. */
export function PathField({ value, onChange, onChoose, ...rest }: PathFieldProps) {
  const [choosing, setChoosing] = useState(false);
  const choose = async () => {
    if (onChoose === undefined) return;
    setChoosing(true);
    const chosen = await onChoose();
    setChoosing(false);
    if (chosen !== null) onChange(chosen);
  };
  return (
    <div className={styles.path}>
      <TextField label="File" mono value={value} onChange={onChange} {...rest} />
      {onChoose !== undefined && (
        <div className={styles.choose}>
          <Button icon={FolderOpen} isPending={choosing} onPress={choose}>
            Choose…
          </Button>
        </div>
      )}
    </div>
  );
}
