import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { SocketReply } from '../../../shared/ipc/socket.ts';
import type { FeedMessage } from '../../../shared/ipc/wire.ts';
import { RefusedError } from '../../ipc/refused.ts';
import type { Door } from '../../ipc/serve.ts';
import type { Log } from '../../log.ts';

const callSchema = z.object({ id: z.number().int(), method: z.string(), input: z.unknown() });

/** The standard code for a message that breaks the rules. */
const policyViolation = 1008;

/** What a connected page is given. */
export interface ClientOptions {
  readonly door: Door;
  readonly subscribe: (listener: (message: FeedMessage) => void) => () => void;
  readonly log: Log;
}

/** Carries one page's calls to the door and the feeds to the page, until its socket closes. */
export function serveClient(socket: WebSocket, { door, subscribe, log }: ClientOptions): void {
  const send = (message: SocketReply | FeedMessage) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  send({ welcome: true });
  const unsubscribe = subscribe(send);
  socket.on('close', unsubscribe);
  socket.on('message', (data, isBinary) => {
    const message = isBinary ? undefined : parseCall(String(data));
    if (message === undefined) {
      socket.close(policyViolation, 'malformed');
      return;
    }
    door.call(message.method, message.input).then(
      (answer) => send({ id: message.id, answer }),
      (cause: unknown) => send({ id: message.id, refused: refusalOf(cause, log) }),
    );
  });
}

function refusalOf(cause: unknown, log: Log): string {
  if (cause instanceof RefusedError) return cause.message;
  return `Internal error ${log.failed('socket', cause)}`;
}

function parseCall(text: string) {
  try {
    return callSchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: as malformed as JSON of another shape.
    return undefined;
  }
}
