/** The one channel for calls and the one for feeds. Both transports use these names. */
export const callChannel = 'keyturn:call';
export const feedChannel = 'keyturn:feed';

/** Asks for a call. */
export interface CallMessage {
  readonly method: string;
  readonly input: unknown;
}

/** Carries one state of a feed to the page. */
export interface FeedMessage {
  readonly feed: string;
  readonly state: unknown;
}

/** What the page finds as `window.keyturn`, whichever host it runs in. */
export interface Bridge {
  /** Rejects when the door refuses the caller or does not know the method. */
  call(method: string, input: unknown): Promise<unknown>;
  /** Calls `listener` for every state of every feed until the answered function is called. */
  on(listener: (message: FeedMessage) => void): () => void;
}
