import type { Vault } from '../vault/vault.ts';
import type { FoundKey } from './find-keys.ts';

/** What the last search found, values included: in memory only, and only for the vault that was open then. */
export interface KeptFinds {
  keep(vault: Vault, keys: readonly FoundKey[]): void;
  /** The find, if it is one of the last search's and the vault is the same. */
  get(vault: Vault, id: string): FoundKey | null;
  forget(): void;
}

/** A place for what a search found; to be forgotten when the vault is locked. */
export function createKeptFinds(): KeptFinds {
  let kept: { readonly vault: Vault; readonly keys: readonly FoundKey[] } | null = null;
  return {
    keep(vault, keys) {
      kept = { vault, keys };
    },
    get(vault, id) {
      return kept?.vault === vault ? (kept.keys.find(({ find }) => find.id === id) ?? null) : null;
    },
    forget() {
      kept = null;
    },
  };
}
