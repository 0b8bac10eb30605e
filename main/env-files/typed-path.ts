import path from 'node:path';

/**
 * The path that is meant by what was typed or pasted: without blanks and a pair of quotes around it, `~` and `~/` in the
 * place of `home`, and without detours such as `a/../`. Links are not followed, and what is not absolute stays so.
 */
export function pathOf(typed: string, home: string): string {
  const text = withoutQuotes(typed.trim()).trim();
  const rest = /^~(?:[/\\](.*))?$/s.exec(text);
  const whole = rest === null ? text : path.join(home, rest[1] ?? '');
  return path.isAbsolute(whole) ? path.normalize(whole) : whole;
}

function withoutQuotes(text: string): string {
  const quoted = /^(["'])(.+)\1$/s.exec(text);
  return quoted?.[2] ?? text;
}
