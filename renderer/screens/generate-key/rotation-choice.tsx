import { Select } from '../../components/select.tsx';
import { rotationChoices } from '../../text/providers.ts';

export interface RotationChoiceProps {
  readonly everyDays: number | null;
  readonly onChange: (everyDays: number | null) => void;
}

/** How often a new key is to be rotated. */
export function RotationChoice({ everyDays, onChange }: RotationChoiceProps) {
  const known = rotationChoices.some(({ days }) => days === everyDays);
  const own = known || everyDays === null ? [] : [{ days: everyDays, label: `Every ${everyDays} days` }];
  const options = [...own, ...rotationChoices];
  return (
    <Select
      label="Rotate"
      options={options.map(({ days, label }) => ({ value: String(days), label }))}
      value={String(everyDays)}
      onChange={(value) => onChange(value === 'null' ? null : Number(value))}
      help={
        everyDays === null ? 'Nobody is reminded, and the key stays the same until you rotate it.' : undefined
      }
    />
  );
}
