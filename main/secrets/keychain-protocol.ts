/** What the keychain worker can be asked. `service` and `account` name one item. */
export type KeychainAction =
  | { readonly do: 'get'; readonly account: string }
  | { readonly do: 'set'; readonly account: string; readonly value: string }
  | { readonly do: 'delete'; readonly account: string };

export type KeychainRequest = KeychainAction & { readonly id: number; readonly service: string };

/**
 * What the worker says: `ready` once, then one answer per request. `value` is the item (null: none found) of a
 * get, null otherwise; `error` is the system's own message, not translated.
 */
export type KeychainAnswer =
  | { readonly id: number; readonly ok: true; readonly value: string | null }
  | { readonly id: number; readonly ok: false; readonly error: string };

export type KeychainMessage = { readonly ready: true } | KeychainAnswer;

/** A running worker, however it was started. */
export interface KeychainWorker {
  send(request: KeychainRequest): void;
  onMessage(listener: (message: KeychainMessage) => void): void;
  /** Called once when the process has ended, or could not be started; `how` is for people. */
  onExit(listener: (how: string) => void): void;
  /** Ends the process at once, whatever it is waiting for. */
  kill(): void;
}

/** Starts one worker. Throws nothing: a start that fails is told through `onExit`. */
export type KeychainWorkerLauncher = () => KeychainWorker;
