import { z } from 'zod';
import { Secret, type SecretFields } from '../secrets/secret.ts';

/** The values of a key or a connection, in the clear; null where they could not be read. For what is encrypted whole. */
export const savedValuesSchema = z.record(z.string(), z.string()).nullable();
export type SavedValues = z.infer<typeof savedValuesSchema>;

export function revealed(fields: SecretFields | null): SavedValues {
  if (fields === null) return null;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.reveal()]));
}

export function concealed(values: SavedValues): SecretFields | null {
  if (values === null) return null;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, new Secret(value)]));
}
