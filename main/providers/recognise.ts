import type { Candidate } from '../connections/connection-ports.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Definition } from './definition.ts';
import { borne, environmentOf, looksUsual } from './key-form.ts';

type Field = Definition['fields'][number];

/**
 * Which providers a value may be a key of, by its form alone: every field whose pattern is the whole of it, or, where no
 * pattern is known, by whose prefix it begins. Providers share prefixes, so all are answered, the most certain first.
 */
export function recognise(
  definitions: readonly Pick<Definition, 'id' | 'fields'>[],
  value: Secret,
): readonly Candidate[] {
  const text = value.reveal();
  const found = definitions.flatMap(({ id, fields }) =>
    fields.flatMap((field) => {
      const certainty = certaintyOf(field, text);
      const environment = environmentOf(field, text);
      return certainty === 0
        ? []
        : [{ certainty, candidate: { providerId: id, field: field.name, environment } }];
    }),
  );
  return found.sort((a, b) => b.certainty - a.certainty).map(({ candidate }) => candidate);
}

/** 0: it is none. A pattern says more than a prefix, and both say more than one. */
function certaintyOf(field: Field, text: string): number {
  const begins = borne(field, text).length > 0;
  const whole = looksUsual(field, text);
  if (whole === null) return begins ? 1 : 0;
  if (!whole) return 0;
  return begins ? 3 : 2;
}
