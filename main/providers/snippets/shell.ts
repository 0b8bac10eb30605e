import type { NowFormat, Text, TextPart } from './text.ts';

/** A text as one word of a POSIX shell, taken as it stands. */
export const inSingleQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The shell variables that hold the instant of a request, and what fills each. */
export const shellNow: Readonly<Record<NowFormat, { readonly name: string; readonly value: string }>> = {
  'unix-seconds': { name: 'NOW', value: '$(date +%s)' },
  'unix-milliseconds': { name: 'NOW_MS', value: '$(date +%s)000' },
  rfc3339: { name: 'NOW_RFC3339', value: '$(date -u +%Y-%m-%dT%H:%M:%SZ)' },
};

function reference(part: Exclude<TextPart, { kind: 'literal' }>): string {
  if (part.kind === 'variable') return `\${${part.variable}}`;
  const { name } = shellNow[part.format];
  return part.encoded ? `\${${name}//:/%3A}` : `\${${name}}`;
}

/** A text as one word of bash: with its variables in double quotes, and whatever bash would touch in single ones. */
export function shellWord(text: Text): string {
  if (text.every((part) => part.kind === 'literal')) return inSingleQuotes(text.map(plain).join(''));
  if (!/["\\$`!]/.test(text.map(plain).join(''))) {
    return `"${text.map((part) => (part.kind === 'literal' ? part.text : reference(part))).join('')}"`;
  }
  return text
    .map((part) => (part.kind === 'literal' ? inSingleQuotes(part.text) : `"${reference(part)}"`))
    .join('');
}

const plain = (part: TextPart): string => (part.kind === 'literal' ? part.text : '');
