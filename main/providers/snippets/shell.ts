/** A text as one word of a POSIX shell, taken as it stands. */
export const inSingleQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
