import type { Grace } from '../../../shared/domain/work.ts';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import { graceChoices, graceLabels, graceSentence } from '../../text/grace.ts';
import styles from './rotation.module.css';

export interface GraceChoiceProps {
  readonly label: string;
  readonly value: Grace;
  readonly onChange: (grace: Grace) => void;
  /** The user revokes the old key in the provider's dashboard. */
  readonly byHand?: boolean;
}

/** How long old keys stay alive, and in one sentence what that means. */
export function GraceChoice({ label, value, onChange, byHand = false }: GraceChoiceProps) {
  return (
    <>
      <SegmentedControl
        label={label}
        options={graceChoices.map((grace) => ({ value: grace, label: graceLabels[grace] }))}
        value={value}
        onChange={onChange}
      />
      <p className={styles.quiet} role="status">
        {graceSentence(value, byHand)}
      </p>
    </>
  );
}
