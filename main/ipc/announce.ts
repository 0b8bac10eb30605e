import type { Contract, FeedName, StateOf } from '../../shared/ipc/define.ts';
import type { FeedMessage } from '../../shared/ipc/wire.ts';
import type { Log } from '../log.ts';

/** Tells every subscriber the states of a contract's feeds. */
export interface Announcer<K extends Contract> {
  /** Sends the state to everyone who has subscribed. Fields that the feed does not name stay inside. Never throws. */
  announce<N extends FeedName<K>>(feed: N, state: StateOf<K[N]>): void;
  /** Calls `listener` for every state from now on, until the answered function is called. */
  subscribe(listener: (message: FeedMessage) => void): () => void;
}

/**
 * Builds the announcer of a contract. A state that does not fit its feed is dropped, and so is what a listener
 * throws: both are recorded in the log.
 */
export function createAnnouncer<K extends Contract>(contract: K, log: Log): Announcer<K> {
  const listeners = new Set<{ readonly tell: (message: FeedMessage) => void }>();

  function tell(message: FeedMessage): void {
    for (const listener of [...listeners]) {
      try {
        listener.tell(message);
      } catch (cause) {
        log.failed(`feed ${message.feed}`, cause);
      }
    }
  }

  return {
    announce(feed, state) {
      const definition = Object.hasOwn(contract, feed) ? contract[feed] : undefined;
      if (definition?.kind !== 'feed') {
        log.failed(`feed ${feed}`, new Error('No such feed'));
        return;
      }
      const parsed = definition.state.safeParse(state);
      if (parsed.success) tell({ feed, state: parsed.data });
      else log.failed(`feed ${feed}`, parsed.error);
    },
    subscribe(listener) {
      const entry = { tell: listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
