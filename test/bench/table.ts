/** Lines up cells in columns: the first to the left, the others to the right, the last ones named in `left` to the left. */
export function table(rows: readonly (readonly string[])[], left: readonly number[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (cell: string, column: number) =>
    left.includes(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join('   ').trimEnd()).join('\n');
}

/** Milliseconds for people: `0.84 ms`, `12.3 ms`, `431 ms`. */
export function ms(value: number): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, value))));
  return `${value.toFixed(digits)} ms`;
}
