import { useSyncExternalStore } from 'react';
import type { ConnectionId, KeyId, WorkId } from '../shared/domain/ids.ts';
import type { Notice, NoticeAction } from './components/notice-region.tsx';

/** What is known beforehand of a key that is to be taken in: all of it where a stray is adopted. */
export interface TakeInFacts {
  readonly connectionId?: ConnectionId;
  /** The provider's id of it; the dialog then only asks for the value. */
  readonly providerKeyId?: string;
  readonly name?: string;
  /** When it was made, as the provider lists it, in milliseconds since 1970. */
  readonly createdAt?: number | null;
}

/** A file that a key is to be written to, with the variable of each field that is known. */
export interface PlaceToWrite {
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The one dialog that may be open, by what it is about. `null`: none. */
export type AppDialog =
  | { readonly kind: 'generate'; readonly connectionId?: ConnectionId }
  | ({ readonly kind: 'take-in' } & TakeInFacts)
  | { readonly kind: 'copy-once'; readonly keyId: KeyId }
  | { readonly kind: 'rotate'; readonly keyId: KeyId }
  | { readonly kind: 'revoke'; readonly keyId: KeyId }
  | { readonly kind: 'write'; readonly keyId: KeyId; readonly place?: PlaceToWrite }
  | { readonly kind: 'leaked'; readonly keyId: KeyId }
  | { readonly kind: 'find-leaked' }
  | { readonly kind: 'work'; readonly workId: WorkId }
  | { readonly kind: 'undo'; readonly workId: WorkId }
  | { readonly kind: 'rotate-all' }
  /** How often these keys are rotated; null: they are chosen in the dialog. */
  | { readonly kind: 'policy'; readonly keyIds: readonly KeyId[] | null }
  /** Until which day nothing is said about these keys. */
  | { readonly kind: 'snooze'; readonly keyIds: readonly KeyId[] }
  | { readonly kind: 'make-backup' }
  | { readonly kind: 'restore' }
  /** From the catalogue, unless it begins with the file of a definition, or at a provider. */
  | { readonly kind: 'add-provider'; readonly start?: 'file' | { readonly providerId: string } };

interface AppState {
  readonly dialog: AppDialog | null;
  readonly isPaletteOpen: boolean;
  readonly notices: readonly Notice[];
}

let state: AppState = { dialog: null, isPaletteOpen: false, notices: [] };
const listeners = new Set<() => void>();
const noticeMs = 6_000;
const actionMs = 20_000;
let nextNotice = 1;

function change(next: Partial<AppState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Opens a dialog in place of the one that is open, if any. */
export const openDialog = (dialog: AppDialog): void => change({ dialog, isPaletteOpen: false });

/** Closes the dialog. */
export const closeDialog = (): void => change({ dialog: null });

/** Closes whatever stands over the screen, as the vault does when it is locked. */
export const closeAll = (): void => change({ dialog: null, isPaletteOpen: false });

/** Whether a dialog is open at this moment. */
export const isDialogOpen = (): boolean => state.dialog !== null;

/** Opens or closes the command palette; it does not open over a dialog. */
export function setPaletteOpen(isOpen: boolean): void {
  if (isOpen && state.dialog !== null) return;
  change({ isPaletteOpen: isOpen });
}

/**
 * Says what just happened. Goes by itself after 6 seconds, with an action after 20; what tells of danger goes when its
 * screen is left. Never holds a secret.
 */
export function notify(tone: Notice['tone'], text: string, action?: NoticeAction): void {
  const id = nextNotice++;
  change({ notices: [...state.notices.slice(-2), { id, tone, text, action }] });
  if (tone !== 'danger') setTimeout(() => dismissNotice(id), action === undefined ? noticeMs : actionMs);
}

/** Takes a notice away. */
export const dismissNotice = (id: number): void =>
  change({ notices: state.notices.filter((notice) => notice.id !== id) });

/** Takes errors away, as when the screen that they came from is left. */
export const dropErrors = (): void =>
  change({ notices: state.notices.filter(({ tone }) => tone !== 'danger') });

/** The dialog that is open. */
export const useAppDialog = (): AppDialog | null => useSyncExternalStore(subscribe, () => state.dialog);

/** Whether the palette is open. */
export const usePaletteOpen = (): boolean => useSyncExternalStore(subscribe, () => state.isPaletteOpen);

/** The notices that stand on screen. */
export const useNotices = (): readonly Notice[] => useSyncExternalStore(subscribe, () => state.notices);
