type Characters = ReadonlySet<string>;

/** Every character of ASCII that is written. What a pattern says of others hardly tells its parts apart. */
const probes = [
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  '\t',
  '\n',
  'é',
  '中',
];

const token =
  /(?<atom>\\[pu]\{[^}]*\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\c[A-Za-z]|\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?|.)(?<times>[*+?]|\{\d+(?:,\d*)?\})?\??/gsu;

const opening: ReadonlySet<string> = new Set(['(', '(?:', '(?=', '(?!']);

interface Group {
  varies: boolean;
  readonly looksAhead: boolean;
}

/**
 * Why a pattern may take too long on a text that nearly fits, in words; null where it cannot. Refuses what is repeated
 * inside of something repeated, and two endless parts that could both take the same characters with nothing between
 * them that neither takes.
 */
export function patternFault(pattern: string): string | null {
  const groups: Group[] = [];
  let open: Characters = new Set();
  for (const match of pattern.matchAll(token)) {
    const { atom = '', times = '' } = match.groups ?? {};
    if (atom === '(?' || /^\\[1-9k]/.test(atom))
      return 'must not look back, and can look ahead only with (?=…) and (?!…)';
    if (opening.has(atom)) groups.push({ varies: false, looksAhead: atom === '(?=' || atom === '(?!' });
    if (atom === ')') {
      const inner = groups.pop();
      if (inner?.varies === true && inner.looksAhead) return 'looks ahead over what is repeated or chosen';
      if (inner?.varies === true && isRepeated(times)) return 'repeats what is repeated or chosen inside';
      if (isEndless(times)) return 'repeats a group without an end';
    }
    const outer = groups.at(-1);
    if (outer !== undefined && (isVarying(times) || atom === '|')) outer.varies = true;
    if (atom === '|' && groups.length === 0) open = new Set();
    if (opening.has(atom) || [')', '|', '^', '$'].includes(atom)) continue;
    const taken = charactersOf(atom);
    const isShared = [...taken].some((character) => open.has(character));
    if (isEndless(times)) {
      if (isShared) return 'repeats two parts that can take the same characters, with nothing between them';
      open = isOptional(times) || groups.length > 0 ? new Set([...open, ...taken]) : taken;
    } else if (groups.length === 0 && taken.size > 0 && !isShared && !isOptional(times)) {
      // Every way through passes here, and the endless part before cannot.
      open = new Set();
    }
  }
  return null;
}

const rangeOf = (times: string): readonly [number, number] => {
  if (times === '') return [1, 1];
  if (times === '*') return [0, Number.POSITIVE_INFINITY];
  if (times === '+') return [1, Number.POSITIVE_INFINITY];
  if (times === '?') return [0, 1];
  const [, least = '1', comma, most = ''] = /^\{(\d+)(,)?(\d*)\}$/.exec(times) ?? [];
  if (comma === undefined) return [Number(least), Number(least)];
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
};

const isOptional = (times: string): boolean => rangeOf(times)[0] === 0;

function isVarying(times: string): boolean {
  const [least, most] = rangeOf(times);
  return most !== least;
}

const isRepeated = (times: string): boolean => rangeOf(times)[1] > 1;

/** A hundred ways to end a part are as many as an endless part has on the values that are tested. */
function isEndless(times: string): boolean {
  const [least, most] = rangeOf(times);
  return most - least > 100;
}

function charactersOf(atom: string): Characters {
  const one = new RegExp(`^(?:${atom})$`, 'u');
  return new Set(probes.filter((probe) => one.test(probe)));
}
