import { Section } from '../../components/section.tsx';
import { Select } from '../../components/select.tsx';
import { policyWords } from '../../text/keys.ts';
import styles from './policy-section.module.css';

const usual: readonly (number | null)[] = [30, 60, 90, 180, 365, null];

export interface PolicySectionProps {
  readonly everyDays: number | null;
  readonly isDisabled: boolean;
  readonly onChange: (everyDays: number | null) => void;
}

/** How often the key is to be rotated. */
export function PolicySection({ everyDays, isDisabled, onChange }: PolicySectionProps) {
  const choices = usual.includes(everyDays) ? usual : [everyDays, ...usual];
  return (
    <Section
      title="Rotation"
      description="When the time is up, the key is shown as due. Nothing is rotated without you."
    >
      <div className={styles.choice}>
        <Select
          label="Rotate this key"
          value={String(everyDays)}
          isDisabled={isDisabled}
          onChange={(value) => onChange(value === 'null' ? null : Number(value))}
          options={choices.map((days) => ({ value: String(days), label: policyWords(days) }))}
        />
      </div>
    </Section>
  );
}
