/**
 * Does the task for each item, up to `atOnce` of them at the same time, and gives the outcomes in the order of the
 * items. Whoever stops listening begins no further one; a task that throws ends it.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  atOnce: number,
  task: (item: T) => Promise<R>,
): AsyncGenerator<R, void> {
  const underWay: Promise<R>[] = [];
  for (const item of items) {
    const begun = task(item);
    // Heard below, in its turn; until then a failure is not one that nobody hears of.
    begun.catch(() => undefined);
    underWay.push(begun);
    const first = underWay.length >= atOnce ? underWay.shift() : undefined;
    if (first !== undefined) yield await first;
  }
  for (const left of underWay) yield await left;
}

/** The items in groups of `size`, the last of which may be smaller. */
export function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
