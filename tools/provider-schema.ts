import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { definitionSchema } from '../main/providers/definition.ts';
import {
  authenticationSchema,
  conditionSchema,
  headersSchema,
  maskedSchema,
  operationsSchema,
  templateSchema,
  timeSchema,
  usageSchema,
} from '../main/providers/operation.ts';
import { pagerSchema } from '../main/providers/pagers.ts';
import { pointerSchema } from '../main/providers/pointers.ts';
import { timeFormatSchema } from '../main/providers/times.ts';
import { valueSourceSchema } from '../main/providers/values.ts';

/*
 * `npm run schema`: writes the JSON Schema of the provider format, by which editors help to write a definition. What
 * it cannot say, such as which names a template may use, `loadDefinition` checks.
 */

const file = path.resolve(import.meta.dirname, '../docs/provider-format.schema.json');

const named = z.registry<{ id?: string; description: string }>();
const name = (schema: z.ZodType, id: string, description: string) => named.add(schema, { id, description });

name(templateSchema, 'template', 'Text with {names} in it, such as "/keys/{id}" or "{credential.token}".');
name(pointerSchema, 'pointer', 'A JSON pointer (RFC 6901), such as "/data/id"; "" is the whole value.');
name(headersSchema, 'headers', 'Headers by name; each value is a template.');
name(authenticationSchema, 'authentication', 'How a request proves who is calling.');
name(
  conditionSchema,
  'condition',
  'An answer: one of the statuses, and the field and header when they are named.',
);
name(timeSchema, 'time', 'Where an instant stands and how it is written.');
name(timeFormatSchema, 'timeFormat', 'How an instant is written.');
name(maskedSchema, 'masked', 'What is shown of a listed key in place of its value.');
name(pagerSchema, 'pager', 'How a long list is handed out.');
name(
  valueSourceSchema,
  'value',
  'An input with its type kept, such as {"$value": "request.scopes", "as": "list"}.',
);
name(usageSchema, 'usage', 'A request as the user’s own code makes it with a key.');

/** What a text editor shows of each part at the top. */
const descriptions = {
  $schema: 'Where this schema is, for editors. The app does not look at it.',
  format: 'The version of the format.',
  id: 'Names the definition: small letters, digits and hyphens. No built-in provider may have it.',
  name: 'The provider as people know it.',
  description: 'One or two sentences for the list of providers.',
  website: 'The provider’s own site.',
  dashboard:
    'Where keys are made and revoked by hand, and how. Needed where "create" or "revoke" is missing.',
  preconditions: 'What the account needs before it gets a key, such as a plan.',
  advice: 'What the provider recommends about its keys, a sentence each.',
  recommendedDays: 'How often the provider recommends to rotate, in days.',
  environments: 'Whether keys are for rehearsals, for real, or both.',
  hosts: 'Where requests go. "api" is the one that a connection is pinned to.',
  settings: 'Asked when a connection is made, and kept with it. Templates name them as {setting.…}.',
  credential:
    'Asked when a connection is made, and kept in the keychain. Templates name it as {credential.…}.',
  askedAtCall: 'Asked at an operation and never kept. Templates name it as {answer.…}.',
  headers: 'Sent with every request.',
  fields: 'What a key consists of.',
  creation: 'What may be asked for when a key is made.',
  errors: 'Where the provider’s own words stand, and what its answers mean.',
  timeLimitSeconds: 'How long one request may take.',
} as const satisfies Partial<Record<keyof typeof definitionSchema.shape, string>>;

const operations = {
  create: 'Makes a key. Sent at most once.',
  list: 'Lists the keys.',
  revoke: 'Makes sure that a key is not accepted any more.',
  check: 'Asks whether a key is accepted.',
  rotate: 'Has the provider replace a key’s value. Sent at most once.',
  probe: 'A harmless call that tries the management credential. Without it, the list is read.',
} as const satisfies Record<keyof typeof operationsSchema.shape, string>;

for (const [key, description] of Object.entries(descriptions)) {
  named.add(definitionSchema.shape[key as keyof typeof descriptions], { description });
}
for (const [key, description] of Object.entries(operations)) {
  named.add(operationsSchema.shape[key as keyof typeof operations], { description });
}
named.add(operationsSchema, { description: 'What can be asked by HTTP. What is missing is done by hand.' });

/** The JSON Schema of the format, as text. */
export function providerSchema(): string {
  const schema = z.toJSONSchema(definitionSchema, { io: 'input', reused: 'ref', metadata: named });
  return `${JSON.stringify({ title: 'A provider of API keys, for Keyturn', ...schema }, null, 2)}\n`;
}

if (process.argv[1] === import.meta.filename) await writeFile(file, providerSchema());
