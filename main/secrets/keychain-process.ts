import { fail, ok, type Result } from '../../shared/result.ts';
import { isAbsent, isConnectionLost } from './keychain-errors.ts';
import type {
  KeychainAction,
  KeychainMessage,
  KeychainWorker,
  KeychainWorkerLauncher,
} from './keychain-protocol.ts';

/** Why a call has no answer: `refused` carries the system's own message, `stopped` how the worker ended. */
export type KeychainTrouble =
  | { readonly why: 'refused'; readonly message: string }
  | { readonly why: 'stopped'; readonly how: string }
  | { readonly why: 'unanswered'; readonly seconds: number }
  | { readonly why: 'closed' };

export type KeychainReply = Result<string | null, KeychainTrouble>;

/** How long to wait for one call, and for a worker to start, in milliseconds. */
export interface KeychainLimits {
  readonly readMs: number;
  readonly writeMs: number;
  readonly startMs: number;
}

export interface KeychainProcess {
  call(action: KeychainAction): Promise<KeychainReply>;
  close(): Promise<void>;
}

/** A write grows with the number of items in the whole keyring: about 0.03 ms each, of any application. */
export const defaultLimits: KeychainLimits = { readMs: 20_000, writeMs: 20_000, startMs: 20_000 };

interface Waiting {
  readonly action: KeychainAction;
  readonly answer: (reply: KeychainReply) => void;
}

interface Running {
  readonly worker: KeychainWorker;
  ready: boolean;
  /** The call under way listens here. */
  hear: (message: KeychainMessage) => void;
}

/**
 * The keychain as a process that may hang, crash or lose its bus. One call at a time; the worker is started at the
 * first one. A call that gets no answer within its limit ends as `unanswered`, the worker is killed, and so end
 * all calls that were waiting behind it. After a crash or a lost connection the call is repeated once in a new
 * worker, which is safe because get, set and delete of one item can all be repeated.
 */
export function createKeychainProcess(options: {
  readonly launch: KeychainWorkerLauncher;
  readonly service: string;
  readonly limits?: Partial<KeychainLimits>;
}): KeychainProcess {
  const limits = { ...defaultLimits, ...options.limits };
  const line: Waiting[] = [];
  let running: Running | null = null;
  let busy = false;
  let closed = false;
  let lastId = 0;
  /** Ends the call under way; there is one at most. */
  let interrupt: ((trouble: KeychainTrouble) => void) | null = null;

  function discard(): void {
    const old = running;
    running = null;
    old?.worker.kill();
  }

  function start(): Running {
    const started: Running = { worker: options.launch(), ready: false, hear: () => undefined };
    running = started;
    started.worker.onMessage((message) => {
      if (running !== started) return;
      if ('ready' in message) started.ready = true;
      started.hear(message);
    });
    started.worker.onExit((how) => {
      if (running !== started) return;
      running = null;
      interrupt?.({ why: 'stopped', how });
    });
    return started;
  }

  /** One call in one worker. Any ending other than an answer leaves no worker behind. */
  function attempt(action: KeychainAction): Promise<KeychainReply> {
    return new Promise((resolve) => {
      const id = ++lastId;
      const limitMs = action.do === 'get' ? limits.readMs : limits.writeMs;
      let timer: NodeJS.Timeout;

      function end(reply: KeychainReply): void {
        clearTimeout(timer);
        interrupt = null;
        resolve(reply);
      }
      function wait(milliseconds: number): void {
        clearTimeout(timer);
        timer = setTimeout(() => {
          discard();
          end(fail({ why: 'unanswered', seconds: milliseconds / 1000 }));
        }, milliseconds);
      }
      function send(target: Running): void {
        wait(limitMs);
        target.worker.send({ ...action, id, service: options.service });
      }

      interrupt = (trouble) => end(fail(trouble));
      const target = running ?? start();
      target.hear = (message) => {
        if ('ready' in message) send(target);
        else if (message.id === id) end(message.ok ? ok(message.value) : fail(refused(message.error)));
      };
      if (target.ready) send(target);
      else wait(limits.startMs);
    });
  }

  async function perform(action: KeychainAction): Promise<KeychainReply> {
    const first = await attempt(action);
    if (first.ok || closed) return first;
    const worthRepeating =
      first.error.why === 'stopped' ||
      (first.error.why === 'refused' && isConnectionLost(first.error.message));
    if (!worthRepeating) return forget(first);
    discard();
    const second = await attempt(action);
    return second.ok ? second : forget(second);
  }

  /** A worker that found no keychain, or lost it, would not notice when one comes. */
  function forget(reply: KeychainReply): KeychainReply {
    if (reply.ok || reply.error.why !== 'refused') return reply;
    const { message } = reply.error;
    if (isAbsent(message) || isConnectionLost(message)) discard();
    return reply;
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = line.shift(); next; next = line.shift()) {
      const reply = await perform(next.action);
      // Whoever waited behind a call that nobody answered has waited as long.
      const alsoEnded = !reply.ok && reply.error.why === 'unanswered' ? line.splice(0) : [];
      next.answer(reply);
      for (const waiting of alsoEnded) waiting.answer(reply);
    }
    busy = false;
  }

  return {
    call(action) {
      if (closed) return Promise.resolve(fail({ why: 'closed' }));
      return new Promise((answer) => {
        line.push({ action, answer });
        void work();
      });
    },
    async close() {
      closed = true;
      for (const waiting of line.splice(0)) waiting.answer(fail({ why: 'closed' }));
      const stop = interrupt;
      discard();
      stop?.({ why: 'closed' });
    },
  };
}

function refused(message: string): KeychainTrouble {
  return { why: 'refused', message };
}
