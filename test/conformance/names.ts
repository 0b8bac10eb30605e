import type { Judged } from './vendor.ts';

/**
 * The parameters and members of a request that no description names. A mock takes what it does not know, so that
 * a misspelt one would pass.
 */
export function unknownNames(request: Judged, descriptions: string): string[] {
  const names = [
    ...new URL(request.url, 'http://vendor.invalid').searchParams.keys(),
    ...bodyNames(request.body),
  ];
  return [...new Set(names)].filter((name) => !isNamed(name, descriptions));
}

/** Whether a name stands in a description as that of a parameter (`name: page`) or of a member (`page:`). */
function isNamed(name: string, descriptions: string): boolean {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`name["']?:\\s*["']?${literal}["']?\\s*[,}\\n]|["'\\s]${literal}["']?:`).test(
    descriptions,
  );
}

function bodyNames(body: string): string[] {
  if (body === '') return [];
  if (!/^[[{]/.test(body)) return [...new URLSearchParams(body).keys()];
  const names: string[] = [];
  JSON.parse(body, (name, value) => {
    if (name !== '' && !/^\d+$/.test(name)) names.push(name);
    return value;
  });
  return names;
}
