import { z } from 'zod';
import { callChannel, type FeedMessage, feedChannel } from '../../../shared/ipc/wire.ts';
import { RefusedError } from '../../ipc/refused.ts';
import type { Door } from '../../ipc/serve.ts';
import { type Frame, isTrustedFrame } from './page-address.ts';

const messageSchema = z.object({ method: z.string(), input: z.unknown() });

/** The part of a window's `webContents` that the door is bound to. */
export interface DoorContents {
  readonly ipc: {
    handle(
      channel: string,
      listener: (event: { readonly senderFrame: Frame | null }, message: unknown) => Promise<unknown>,
    ): void;
  };
  readonly mainFrame: Frame;
  isDestroyed(): boolean;
  send(channel: string, message: FeedMessage): void;
  once(event: 'destroyed', listener: () => void): unknown;
}

/**
 * Opens the door to one window's page and sends it the feeds, until the window is gone. Every message is heard only
 * from our page's own main frame; from anywhere else the call rejects.
 */
export function bindDoor(
  contents: DoorContents,
  door: Door,
  subscribe: (listener: (message: FeedMessage) => void) => () => void,
): void {
  contents.ipc.handle(callChannel, async (event, message) => {
    if (!isTrustedFrame(event.senderFrame)) throw new RefusedError('Not from the page');
    const parsed = messageSchema.safeParse(message);
    if (!parsed.success) throw new RefusedError('Not a call');
    return door.call(parsed.data.method, parsed.data.input);
  });
  const unsubscribe = subscribe((message) => {
    if (!contents.isDestroyed() && isTrustedFrame(contents.mainFrame)) contents.send(feedChannel, message);
  });
  contents.once('destroyed', unsubscribe);
}
