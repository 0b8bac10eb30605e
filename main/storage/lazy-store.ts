import type { StoreLike } from './store-like.ts';

/** A store that is opened when it is used first, because opening one whose file is damaged may throw. */
export function lazyStore(path: string, open: () => StoreLike): StoreLike {
  let opened: StoreLike | null = null;
  const store = (): StoreLike => {
    opened ??= open();
    return opened;
  };
  return {
    path,
    get store() {
      return store().store;
    },
    set store(value) {
      store().store = value;
    },
  };
}
