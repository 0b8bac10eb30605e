/** Functions that wait to be told something. The same function may be added twice. */
export function createListeners<T>() {
  const entries = new Set<{ readonly listener: (value: T) => void }>();
  return {
    add(listener: (value: T) => void): () => void {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    tell(value: T): void {
      for (const { listener } of [...entries]) listener(value);
    },
  };
}
