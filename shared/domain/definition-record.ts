import { z } from 'zod';

/**
 * A definition of the user's own, as the vault keeps it. What it says is read anew at each start, so that one which
 * this version of the app cannot use is still there, in its own words.
 */
export const definitionRecordSchema = z.object({
  /** The id of its provider. */
  id: z.string().min(1).max(64),
  /** The definition as JSON with the names of every object in order. */
  json: z.string(),
  addedAt: z.number().int(),
  /** The name of the file that it was read from, for people. */
  file: z.string(),
});
export type DefinitionRecord = z.infer<typeof definitionRecordSchema>;
