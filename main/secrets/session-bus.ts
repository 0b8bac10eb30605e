import { createConnection, type Socket } from 'node:net';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type BusCall, type BusValue, decodeAnswer, encodeCall, messageLength } from './bus-message.ts';

/** `no-bus`: nothing to connect to; `unsupported`: an address that needs more than a socket file; `refused`: the called side's error. */
export type BusTrouble =
  | { readonly why: 'no-bus'; readonly detail: string }
  | { readonly why: 'unsupported'; readonly detail: string }
  | { readonly why: 'unanswered' }
  | { readonly why: 'refused'; readonly name: string; readonly message: string };

export interface SessionBus {
  call(call: BusCall): Promise<Result<readonly BusValue[], BusTrouble>>;
}

/**
 * The socket of the session bus, found as GLib finds it: DBUS_SESSION_BUS_ADDRESS, then the `bus` in the runtime folder.
 * A leading NUL stands for Linux' abstract names. Null where an address is set but is of another kind.
 */
export function sessionBusSocket(env: NodeJS.ProcessEnv): { readonly path: string } | null {
  const address = env.DBUS_SESSION_BUS_ADDRESS;
  if (!address) return env.XDG_RUNTIME_DIR ? { path: `${env.XDG_RUNTIME_DIR}/bus` } : null;
  for (const one of address.split(';')) {
    const [kind, options = ''] = [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)];
    const values = new Map(options.split(',').map((pair) => splitPair(pair)));
    const path = values.get('path');
    const abstract = values.get('abstract');
    if (kind === 'unix' && path) return { path };
    if (kind === 'unix' && abstract) return { path: `\0${abstract}` };
  }
  return null;
}

function splitPair(pair: string): [string, string] {
  const equals = pair.indexOf('=');
  return [pair.slice(0, equals), unescapeBytes(pair.slice(equals + 1))];
}

/** The bus escapes bytes as %XX; what is not such a sequence stays. */
function unescapeBytes(value: string): string {
  return Buffer.from(
    value.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/**
 * Connects to the session bus, lets `use` call on it, and closes the connection. Calls are plain socket traffic: none
 * can block the process, and all of them together end within `timeoutMs`.
 */
export async function withSessionBus<T>(
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
  use: (bus: SessionBus) => Promise<T>,
): Promise<Result<T, BusTrouble>> {
  const place = sessionBusSocket(env);
  if (!place) {
    const why = env.DBUS_SESSION_BUS_ADDRESS ? 'unsupported' : 'no-bus';
    return fail({
      why,
      detail: env.DBUS_SESSION_BUS_ADDRESS ?? 'No session bus: DBUS_SESSION_BUS_ADDRESS is not set',
    });
  }
  const connected = await connect(place.path, timeoutMs);
  if (!connected.ok) return connected;
  try {
    const greeted = await connected.value.call(hello);
    return greeted.ok ? ok(await use(connected.value)) : greeted;
  } finally {
    connected.value.close();
  }
}

const hello: BusCall = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'Hello',
  arguments: [],
};

interface Connection extends SessionBus {
  close(): void;
}

type Reply = Result<readonly BusValue[], BusTrouble>;

/** Opens the socket and authenticates as the user of this process, whom the kernel vouches for. */
function connect(path: string, timeoutMs: number): Promise<Result<Connection, BusTrouble>> {
  return new Promise((resolve) => {
    const socket: Socket = createConnection(path);
    const waiting = new Map<number, (reply: Reply) => void>();
    let received: Buffer = Buffer.alloc(0);
    let authenticated = false;
    let ended: BusTrouble | null = null;
    let serial = 0;

    function end(trouble: BusTrouble): void {
      if (ended) return;
      ended = trouble;
      clearTimeout(timer);
      socket.destroy();
      resolve(fail(trouble));
      for (const answer of waiting.values()) answer(fail(trouble));
      waiting.clear();
    }
    const timer = setTimeout(() => end({ why: 'unanswered' }), timeoutMs);

    function readAnswers(): void {
      let length = messageLength(received);
      while (length !== null && length <= received.length) {
        const answer = decodeAnswer(received.subarray(0, length));
        received = received.subarray(length);
        if (answer) deliver(answer.replyTo, answer.error, answer.body);
        length = messageLength(received);
      }
    }
    function deliver(replyTo: number, error: string | null, body: readonly BusValue[]): void {
      const answer = waiting.get(replyTo);
      waiting.delete(replyTo);
      if (error === null) answer?.(ok(body));
      else answer?.(fail({ why: 'refused', name: error, message: String(body[0] ?? '') }));
    }
    function readGreeting(): void {
      const lineEnd = received.indexOf('\r\n');
      if (lineEnd < 0) return;
      const line = received.toString('utf8', 0, lineEnd);
      if (!line.startsWith('OK ')) {
        end({ why: 'no-bus', detail: `The session bus answered: ${line}` });
        return;
      }
      authenticated = true;
      received = received.subarray(lineEnd + 2);
      socket.write('BEGIN\r\n');
      resolve(ok({ call, close: () => end({ why: 'no-bus', detail: 'closed' }) }));
    }
    function call(what: BusCall): Promise<Reply> {
      if (ended) return Promise.resolve(fail(ended));
      serial += 1;
      const mine = serial;
      return new Promise((answer) => {
        waiting.set(mine, answer);
        socket.write(encodeCall(mine, what));
      });
    }

    socket.on('connect', () => {
      const user = Buffer.from(String(process.getuid?.() ?? '')).toString('hex');
      socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
    });
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      try {
        if (!authenticated) readGreeting();
        if (authenticated) readAnswers();
      } catch (error) {
        end({ why: 'unsupported', detail: error instanceof Error ? error.message : String(error) });
      }
    });
    socket.on('error', (error) => end({ why: 'no-bus', detail: `Could not connect: ${error.message}` }));
    socket.on('close', () => end({ why: 'no-bus', detail: 'The session bus closed the connection' }));
  });
}
