type Characters = ReadonlySet<string>;

/** The characters of ASCII that values consist of. */
const probes = [...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)), '\t', '\n'];

/** Stands for every other character, which parts of a pattern are not told apart by. */
const beyond = 'beyond';
const reachesBeyond = /[^\t\n\x20-\x7e]|^\.$|^\[\^|\\[WDSpPuxc]/u;

const token =
  /(?<atom>\\[pu]\{[^}]*\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\c[A-Za-z]|\\.|\[(?:\\.|[^\]\\])*\]|\(\?[:=!]|\(\?|.)(?<times>[*+?]|\{\d+(?:,\d*)?\})?\??/gsu;

const opening: ReadonlySet<string> = new Set(['(', '(?:', '(?=', '(?!']);

interface Group {
  readonly looksAhead: boolean;
  /** Whether what is inside can be matched in more than one way. */
  varies: boolean;
  branches: number;
}

/** More ways than these to take one text apart, each as long as a value may be, are felt. */
const mostWays = 1000;

const tooManyWays =
  'can match one value in too many ways: let fewer parts that repeat take the same characters';

/**
 * Why a pattern may take too long on a value that nearly fits, in words; null where it cannot. It is held against what is
 * pasted, while the whole app waits. Refuses repetitions inside of repetitions, and counts in how many ways parts that
 * can take the same characters may share them.
 */
export function patternFault(pattern: string): string | null {
  const groups: Group[] = [];
  /** What the parts before can go on to take. */
  let open: Characters = new Set();
  let ways = 1;
  for (const match of pattern.matchAll(token)) {
    const { atom = '', times = '' } = match.groups ?? {};
    const [least, most] = rangeOf(times);
    const choices = most - least + 1;
    if (atom === '(?' || /^\\[1-9k]/.test(atom)) {
      return 'must not look back, and can look ahead only with (?=…) and (?!…)';
    }
    if (opening.has(atom)) {
      groups.push({ looksAhead: /[=!]/.test(atom), varies: false, branches: 1 });
      continue;
    }
    if (atom === ')') {
      const inner = groups.pop();
      if (inner?.varies === true && inner.looksAhead) return 'looks ahead over what is repeated or chosen';
      if (inner?.varies === true && most > 1) return 'repeats what is repeated or chosen inside';
      if (most === Number.POSITIVE_INFINITY) return 'repeats a group without an end';
      ways *= choices * (inner?.branches ?? 1);
    }
    const group = groups.at(-1);
    if (group !== undefined && (choices > 1 || atom === '|')) group.varies = true;
    if (atom === '|' && group !== undefined) group.branches += 1;
    if (atom === '|' && group === undefined) open = new Set();
    if ([')', '|', '^', '$'].includes(atom)) continue;
    const taken = charactersOf(atom);
    const isShared = [...taken].some((character) => open.has(character));
    if (isShared) ways *= Math.min(choices, 4096);
    if (ways > mostWays) return tooManyWays;
    const isBarrier = group === undefined && least > 0 && taken.size > 0 && !isShared;
    // Every way through passes a barrier, and nothing before it can.
    if (isBarrier) open = choices > 1 ? taken : new Set();
    else if (choices > 1) open = new Set([...open, ...taken]);
  }
  return ways > mostWays ? tooManyWays : null;
}

function rangeOf(times: string): readonly [number, number] {
  if (times === '') return [1, 1];
  if (times === '?') return [0, 1];
  if (times === '*') return [0, Number.POSITIVE_INFINITY];
  if (times === '+') return [1, Number.POSITIVE_INFINITY];
  const [, least = '1', comma, most = ''] = /^\{(\d+)(,)?(\d*)\}$/.exec(times) ?? [];
  if (comma === undefined) return [Number(least), Number(least)];
  return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}

function charactersOf(atom: string): Characters {
  const one = new RegExp(`^(?:${atom})$`, 'u');
  return new Set([
    ...probes.filter((probe) => one.test(probe)),
    ...(reachesBeyond.test(atom) ? [beyond] : []),
  ]);
}
