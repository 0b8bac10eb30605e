/**
 * The electricity of one run of the app. Everything that the app does to the world goes through `effect`, one
 * numbered effect at a time, and can be cut there: what the process would have done from then on never happens,
 * and what it waits for never comes.
 */
export interface Power {
  /** The names of the effects so far, in order. */
  readonly effects: readonly string[];
  /** Answers when the power has gone. */
  readonly gone: Promise<'power cut'>;
  /** Cuts just before the nth effect from now on happens. */
  cutBefore(nth: number): void;
  /** Cuts when the nth effect from now on has happened, and before the app learns of it. */
  cutAfter(nth: number): void;
  cutNow(): void;
  effect<T>(name: string, act: () => Promise<T>): Promise<T>;
}

const never = new Promise<never>(() => undefined);

/** Power that is on. A cut lasts: the next run of the app needs power of its own. */
export function createPower(): Power {
  const effects: string[] = [];
  const { promise: gone, resolve: sayGone } = Promise.withResolvers<'power cut'>();
  let isGone = false;
  let cut: { readonly at: number; readonly when: 'before' | 'after' } | null = null;

  const cutNow = (): void => {
    isGone = true;
    sayGone('power cut');
  };

  return {
    effects,
    gone,
    cutNow,
    cutBefore(nth) {
      cut = { at: effects.length + nth, when: 'before' };
    },
    cutAfter(nth) {
      cut = { at: effects.length + nth, when: 'after' };
    },
    async effect(name, act) {
      // The world takes its time: whoever reads meanwhile reads what was there before.
      await new Promise(setImmediate);
      if (isGone) return never;
      effects.push(name);
      const isTheOne = cut?.at === effects.length;
      if (isTheOne && cut?.when === 'before') cutNow();
      if (isGone) return never;
      const result = await act();
      if (isTheOne) cutNow();
      return isGone ? never : result;
    },
  };
}

/** The same port, with these of its methods carried out by `around`. */
export function through<T extends object>(
  name: string,
  port: T,
  methods: readonly (keyof T & string)[],
  around: <R>(effect: string, act: () => Promise<R>) => Promise<R>,
): T {
  const wired = { ...port };
  for (const method of methods) {
    const act = port[method] as (...given: unknown[]) => Promise<unknown>;
    const wrapped = (...given: unknown[]) => around(`${name}.${method}`, () => act(...given));
    wired[method] = wrapped as T[typeof method];
  }
  return wired;
}
