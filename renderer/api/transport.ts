import type { Bridge } from '../../shared/ipc/wire.ts';

/** How the page stands to main. */
export type Connection =
  | 'connecting'
  | 'open'
  /** Main does not answer: it has stopped, or the way to it is cut. Tried again by itself. */
  | 'lost'
  /** This page has not shown the token: it must be opened by the address that Keyturn printed. */
  | 'signed-out'
  /** Another page is connected, and only one at a time may be. */
  | 'in-use';

/** The way to main, whichever host the page runs in. */
export interface Transport extends Bridge {
  readonly connection: ConnectionState;
}

export interface ConnectionState {
  current(): Connection;
  /** Calls `listener` at every change until the answered function is called. */
  subscribe(listener: () => void): () => void;
  /** Connects again, in place of another page if need be. Does nothing while it is open. */
  take(): void;
}

/** A call that main did not answer, because the connection ended first. Whether main acted on it is not known. */
export class DisconnectedError extends Error {
  override readonly name = 'DisconnectedError';
}

/** A call that main refused to look at. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
