import { createHash, timingSafeEqual } from 'node:crypto';

/** What a page holds once it has shown the token. */
export interface Session {
  /** Travels in an HttpOnly cookie. Cookies know no ports: another server on this machine is sent it too. */
  readonly id: string;
  /** Kept by the page, whose storage does know ports. A session is both halves together. */
  readonly proof: string;
}

/** Who may speak to main. */
export interface Sessions {
  /** A new session for the one who knows the token; null for anyone else. */
  open(token: string): Session | null;
  isOpen(id: string | undefined, proof: string | undefined): boolean;
}

/** More than a person opens; the oldest ends when there is one more. */
const limit = 20;

/** Keeps sessions in memory: they end with the process. `random` answers that many random bytes. */
export function createSessions(token: string, random: (bytes: number) => Uint8Array): Sessions {
  const sessions = new Map<string, Session>();
  const secret = () => Buffer.from(random(32)).toString('hex');

  return {
    open(shown) {
      if (!isSame(shown, token)) return null;
      const session = { id: secret(), proof: secret() };
      sessions.set(session.id, session);
      const oldest = sessions.keys().next().value;
      if (sessions.size > limit && oldest !== undefined) sessions.delete(oldest);
      return session;
    },
    isOpen(id, proof) {
      const session = id === undefined ? undefined : sessions.get(id);
      return session !== undefined && proof !== undefined && isSame(proof, session.proof);
    },
  };
}

/** Compares in a time that says nothing of where two texts differ. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
