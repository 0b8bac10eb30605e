/** A path in two parts, so that the file's name stays readable when there is no room for the folders. */
export function splitPath(file: string): { readonly folder: string; readonly name: string } {
  const end = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1;
  return { folder: file.slice(0, end), name: file.slice(end) };
}
