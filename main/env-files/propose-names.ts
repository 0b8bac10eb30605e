/** What names can be proposed from. */
export interface NameSources {
  /** For each field of a key, the name that its provider's definition gives its variable. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fileVariables: readonly string[];
  readonly exampleVariables: readonly string[];
  /** Whether another key has the variable; none has, unless this says otherwise. */
  readonly isHeld?: (name: string) => boolean;
  /** Whether a field is secret; every field is, unless this says otherwise. */
  readonly isSecret?: (field: string) => boolean;
}

/**
 * For each field, the variable to write it under: the definition's name where the file or its example has it, otherwise a
 * variable of theirs that clearly means the same (`VITE_`, `APP_` before it, `OPENAI_KEY` for `OPENAI_API_KEY`), otherwise
 * the definition's name, with a number behind it where another key has that. A secret is never proposed a name that
 * bundlers publish to browsers, no field a variable that another key has, and no variable is proposed twice.
 */
export function proposeNames(sources: NameSources): Record<string, string> {
  const { fields, fileVariables, exampleVariables, isHeld = () => false, isSecret = () => true } = sources;
  const known = [...new Set([...fileVariables, ...exampleVariables])].filter((name) => IS_NAME.test(name));
  // A variable that another field's definition names is for that one.
  const taken = new Set(Object.values(fields));
  const proposed = new Map<string, string>();
  for (const [field, defined] of Object.entries(fields)) {
    const isOpen = (name: string) =>
      !taken.has(name) && !isHeld(name) && !(isSecret(field) && isPublished(name));
    const isUsed = (name: string) => isHeld(name) || [...proposed.values()].includes(name);
    const other =
      known.includes(defined) && !isHeld(defined)
        ? undefined
        : bestOf(known.filter((name) => isOpen(name) && meansTheSame(name, defined)));
    const name = other ?? unused(defined, isUsed);
    taken.add(name);
    proposed.set(field, name);
  }
  return Object.fromEntries(proposed);
}

const IS_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What bundlers put into the pages that they build: Vite, Next.js, Create React App, Astro and SvelteKit, Nuxt, Expo, Gatsby. */
const PUBLISHED = /^(?:VITE|NEXT_PUBLIC|REACT_APP|PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|GATSBY)_/i;
const PREFIX = /^(?:VITE|NEXT_PUBLIC|NEXT|REACT_APP|PUBLIC|NUXT_PUBLIC|NUXT|EXPO_PUBLIC|GATSBY|APP|MY)_/i;

/** Words that every provider's names have: two names that share no other one may be for different things. */
const COMMON = new Set([
  ...['API', 'APP', 'KEY', 'TOKEN', 'SECRET', 'ID', 'USER', 'CLIENT', 'ACCESS', 'PRIVATE', 'PUBLIC'],
  ...['ACCOUNT', 'AUTH', 'PASSWORD', 'NAME', 'URL'],
]);

const isPublished = (name: string) => PUBLISHED.test(name);

function meansTheSame(name: string, defined: string): boolean {
  if (wordsOf(defined).every((word) => COMMON.has(word))) return false;
  const meaning = meaningOf(defined);
  return meaningOf(name) === meaning || meaningOf(name.replace(PREFIX, '')) === meaning;
}

/** `OPENAI_API_KEY`, `OPEN_AI_KEY` and `openaiApiKey` say the same. */
function meaningOf(name: string): string {
  return wordsOf(name)
    .filter((word) => word !== 'API')
    .join('');
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split('_')
    .filter((word) => word !== '');
}

/** A name without a prefix before one with it; the first of several. */
function bestOf(names: readonly string[]): string | undefined {
  return names.find((name) => !PREFIX.test(name)) ?? names[0];
}

function unused(defined: string, isUsed: (name: string) => boolean): string {
  let name = defined;
  for (let count = 2; isUsed(name); count += 1) name = `${defined}_${count}`;
  return name;
}
