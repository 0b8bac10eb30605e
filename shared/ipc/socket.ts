/** Where the browser host exchanges its token, and where it speaks the typed IPC. */
export const sessionPath = '/session';
export const socketPath = '/ipc';

/** The header that carries the page's half of a session to `sessionPath`. */
export const proofHeader = 'x-keyturn-proof';

/** The WebSocket subprotocol. The page offers it together with its half of the session, and main picks it. */
export const socketProtocol = 'keyturn';

/** Why main closed a socket, beyond the standard reasons. */
export const closeCodes = {
  /** Another page has taken the place of this one. */
  takenOver: 4001,
  /** Another page is connected, and only one at a time may be. */
  inUse: 4002,
} as const;

/** What the page sends over the socket. */
export interface SocketCall {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

/** What main sends: first of all that this page has its place, then replies; feeds arrive as `FeedMessage` beside them. */
export type SocketReply =
  | { readonly welcome: true }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly refused: string };
