import type { LucideIcon } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';

/** Something the command palette can do. */
export interface PaletteAction {
  readonly id: string;
  /** A verb first: "Generate key". */
  readonly label: string;
  /** What it is done to, said after the label: a key's name. */
  readonly subject?: string;
  /** Other words by which it is found. */
  readonly keywords?: string;
  readonly icon: LucideIcon;
  /** The shortcut that does the same, such as `Mod+N`. */
  readonly shortcut?: string;
  readonly run: () => void;
}

let contributed: readonly { readonly scope: string; readonly actions: readonly PaletteAction[] }[] = [];
let all: readonly PaletteAction[] = [];
const listeners = new Set<() => void>();

function become(next: typeof contributed): void {
  contributed = next;
  all = contributed.flatMap(({ actions }) => actions);
  for (const listener of listeners) listener();
}

/**
 * Contributes a screen's actions to the palette while the screen stands. The latest contribution comes first,
 * so that what the user looks at is nearest. `actions` must keep its identity while it says the same (`useMemo`).
 */
export function useActions(scope: string, actions: readonly PaletteAction[]): void {
  useEffect(() => {
    become([{ scope, actions }, ...contributed.filter((each) => each.scope !== scope)]);
    return () => become(contributed.filter((each) => each.actions !== actions));
  }, [scope, actions]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Everything that can be done here and now. */
export const useAllActions = (): readonly PaletteAction[] => useSyncExternalStore(subscribe, () => all);
