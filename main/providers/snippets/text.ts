import { Secret, type SecretFields } from '../../secrets/secret.ts';
import { withNow } from '../inputs.ts';
import type { Inputs } from '../templates.ts';

/** How the instant of a request is written in it. */
export type NowFormat = 'unix-seconds' | 'unix-milliseconds' | 'rfc3339';

/** A piece of a text: as it stands, read from a variable of the environment, or read from the clock. */
export type TextPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'variable'; readonly variable: string }
  /** `encoded`: in an address, where the colons of a time are escaped. */
  | { readonly kind: 'now'; readonly format: NowFormat; readonly encoded: boolean };

export type Text = readonly TextPart[];

/** What stands for a variable while a request is built. */
export type Marks = readonly { readonly mark: string; readonly variable: string }[];

/** The mark of the field with this index: letters and digits, which no place in a request writes otherwise. */
export const markOf = (index: number): string => `Zq7KeyturnField${index}Zq7`;

/** The instant that stands for now while a request is built. It is far away and odd, so that nothing else is it. */
export const markedNow = 4_085_074_337_123;

const marksOfNow: readonly (readonly [string, TextPart])[] = [
  [new Date(markedNow).toISOString(), { kind: 'now', format: 'rfc3339', encoded: false }],
  [encodeURIComponent(new Date(markedNow).toISOString()), { kind: 'now', format: 'rfc3339', encoded: true }],
  [String(markedNow), { kind: 'now', format: 'unix-milliseconds', encoded: false }],
  [String(Math.floor(markedNow / 1000)), { kind: 'now', format: 'unix-seconds', encoded: false }],
];

/** The inputs with the marked instant as now. */
export const withMarkedNow = (inputs: Inputs): Inputs => withNow(inputs, markedNow);

/** Fields that hold marks in place of values. */
export const asSecrets = (fields: readonly (readonly [string, string])[]): SecretFields =>
  Object.fromEntries(fields.map(([name, mark]) => [name, new Secret(mark)]));

/** Takes a text that was built with marks apart at them. */
export function split(built: string, marks: Marks): Text {
  const known: readonly (readonly [string, TextPart])[] = [
    ...marks.map(({ mark, variable }) => [mark, { kind: 'variable', variable }] as const),
    ...marksOfNow,
  ];
  const parts: TextPart[] = [];
  let literal = '';
  for (let index = 0; index < built.length; ) {
    const found = known.find(([mark]) => built.startsWith(mark, index));
    if (found === undefined) {
      literal += built.charAt(index);
      index += 1;
      continue;
    }
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
    parts.push(found[1]);
    index += found[0].length;
  }
  return literal === '' ? parts : [...parts, { kind: 'literal', text: literal }];
}

/** The ways in which the texts of a request write the instant, each once. */
export function nowFormatsIn(texts: readonly Text[]): readonly NowFormat[] {
  const found = texts.flat().flatMap((part) => (part.kind === 'now' ? [part.format] : []));
  return [...new Set(found)];
}
