/** The rows that are chosen, and this one as well, or no longer if it was. */
export function toggled(chosen: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The rows that are chosen, and all from one row to another, whichever stands first. `keys` are the rows as they stand. */
export function extended(
  chosen: ReadonlySet<string>,
  keys: readonly string[],
  from: string | null,
  to: string,
): ReadonlySet<string> {
  const end = keys.indexOf(to);
  const start = from === null ? -1 : keys.indexOf(from);
  if (end === -1) return chosen;
  if (start === -1) return new Set([...chosen, to]);
  return new Set([...chosen, ...keys.slice(Math.min(start, end), Math.max(start, end) + 1)]);
}
