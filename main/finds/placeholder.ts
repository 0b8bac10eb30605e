const words =
  /(?:^|[^a-z0-9])(?:your|my|change|replace|insert|enter|example|sample|placeholder|dummy|fake|todo|tbd|none|null|undefined|redacted|here)(?:[^a-z0-9]|$)/i;
const phrases =
  /change_?me|replace_?me|your[a-z_-]{0,20}(?:key|token|secret|id)|placeholder|x{5,}|\*{3,}|\.{3}|…/i;
const rows = /(.)\1{5}|12345678|abcdefgh/i;
/** Stands for a value that is somewhere else: `${NAME}`, `$NAME`, `<name>`, `{{ name }}`, `op://…`, `encrypted:…`. */
const reference = /\$\{|\$\(|^\$|^<.*>$|^\{.*\}$|^\[.*\]$|:\/\/|^(?:encrypted|vault|file|arn|sops):/i;

const leastLength = 16;
/** A random hex value of 32 digits has about 3.6, an English word of that length about 3. */
const leastBitsPerCharacter = 2.6;

/** Whether a value stands for another one, or is one that nobody would have been given as a key. */
export function isPlaceholder(value: string): boolean {
  if (value.length < leastLength || /\s/.test(value)) return true;
  if (reference.test(value) || words.test(value) || phrases.test(value) || rows.test(value)) return true;
  return bitsPerCharacter(value) < leastBitsPerCharacter;
}

const leastBitsOfSecret = 3;

/** Whether a value that is no placeholder looks as if a machine had made it: of letters and digits in no order. */
export const isVaried = (value: string): boolean =>
  /\d/.test(value) && /[a-z]/i.test(value) && bitsPerCharacter(value) >= leastBitsOfSecret;

/** Shannon's entropy of the characters, as they are distributed in the value itself. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / value.length);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
}
