import type { KeyField } from '../../shared/domain/key.ts';
import type { Secret, SecretFields } from '../secrets/secret.ts';

/** From this length on, four characters say too little of a value to matter. */
const lengthForLastFour = 12;

/** What the vault's record keeps of the fields: never a value. */
export function describeFields(fields: SecretFields, fingerprint: (value: Secret) => string): KeyField[] {
  return Object.entries(fields).map(([name, value]) => ({
    name,
    secret: true,
    lastFour: value.reveal().length >= lengthForLastFour ? value.reveal().slice(-4) : '',
    fingerprint: fingerprint(value),
  }));
}
