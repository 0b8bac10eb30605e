import type { VariableHolder } from '../../../shared/domain/env-file.ts';
import { Callout } from '../../components/callout.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import styles from './target-fields.module.css';

export interface HeldVariableProps {
  readonly variable: string;
  readonly holder: VariableHolder;
  readonly mayReplace: boolean;
  /** What main said when it was not allowed; undefined where it said nothing. */
  readonly error: string | undefined;
  readonly onChange: (mayReplace: boolean) => void;
}

/** Says that another key has the variable, and asks whether it may be written over: the name alone is no answer. */
export function HeldVariable({ variable, holder, mayReplace, error, onChange }: HeldVariableProps) {
  const has = holder.holds ? 'holds' : 'is for';
  return (
    <Callout tone="attention" title={`${variable} in this file ${has} ${holder.name}`}>
      <p>
        Choose another name, or write over it: what reads {variable} here then gets this key, and{' '}
        {holder.name} is out of step with the file.
      </p>
      <Checkbox
        label={`Write over ${holder.name}`}
        isSelected={mayReplace}
        isInvalid={error !== undefined && !mayReplace}
        onChange={onChange}
      />
      {error !== undefined && !mayReplace && <p className={styles.error}>{error}</p>}
    </Callout>
  );
}
