/**
 * Of the places that a key has in a file, the one that is meant by these variables: the one with most of the names, else the
 * first. Each place is its variables by their fields.
 */
export function placeMeant<P>(
  places: readonly P[],
  variablesOf: (place: P) => Readonly<Record<string, string>>,
  names: readonly string[],
): P | undefined {
  const shared = (place: P) =>
    Object.values(variablesOf(place)).filter((name) => names.includes(name)).length;
  const [first] = [...places].sort((a, b) => shared(b) - shared(a));
  return first;
}
