import type { ProviderSummary } from '../../shared/domain/provider.ts';

type Field = ProviderSummary['fields'][number];

/** How well a variable's name fits a field. `like`: in other words, which counts only where the value's form agrees. */
export type NameFit = 'exact' | 'within' | 'like' | 'none';

/** Words that say nothing of whose key it is. */
const plainWords = new Set(
  'API KEY KEYS TOKEN SECRET CLIENT ID SERVICE ACCESS AUTH USER PRIVATE SERVER BACKEND PASSWORD'.split(' '),
);
const stageWords = new Set(
  'TEST LIVE PROD PRODUCTION DEV DEVELOPMENT STAGING STAGE LOCAL CI PREVIEW SANDBOX OLD NEW MAIN DEFAULT'.split(
    ' ',
  ),
);

const wordsOf = (name: string) =>
  name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');

const tellingWords = (name: string) => wordsOf(name).filter((word) => !plainWords.has(word));

/**
 * How well a variable of a file fits a field of a provider: it has the name that the definition proposes, has it with
 * words before or after it (`SHOP_STRIPE_SECRET_KEY`, `RESEND_API_KEY_2`), or names the provider in other words
 * (`STRIPE_KEY`). A proposed name without any telling word, such as `API_KEY`, fits only exactly.
 */
export function fitOfName(
  variable: string,
  provider: Pick<ProviderSummary, 'id' | 'fields'>,
  field: Field,
): NameFit {
  const found = wordsOf(variable);
  const proposed = wordsOf(field.variable);
  if (found.join('_') === proposed.join('_')) return 'exact';
  const telling = tellingWords(field.variable);
  if (telling.length === 0) return 'none';
  if (contains(found, proposed)) return 'within';
  // Of several fields, words like "key" and "secret" are what tells them apart.
  if (provider.fields.length > 1) return 'none';
  const names = [telling, tellingWords(provider.id)].filter((words) => words.length > 0);
  return names.some((name) => namesOnly(found, name)) ? 'like' : 'none';
}

/** Whether a variable is called as a secret is, whosever: `…_TOKEN`, `…_SECRET`, `…_API_KEY`, also with a number behind. */
export const isCalledSecret = (variable: string): boolean =>
  /(?:^|_)(?:TOKEN|SECRET|API_?KEY|(?:SECRET|ACCESS|PRIVATE)_KEY)(?:_\d+)?$/i.test(variable);

/** Whether the words stand in the name one after the other. */
function contains(found: readonly string[], wanted: readonly string[]): boolean {
  return `_${found.join('_')}_`.includes(`_${wanted.join('_')}_`);
}

/** Whether the name holds these words, and beside them only such as say nothing else. */
function namesOnly(found: readonly string[], wanted: readonly string[]): boolean {
  const rest = found.filter((word) => !wanted.includes(word));
  const isPlain = (word: string) => plainWords.has(word) || stageWords.has(word) || /^\d+$/.test(word);
  return (
    wanted.every((word) => found.includes(word)) && rest.some((w) => plainWords.has(w)) && rest.every(isPlain)
  );
}
