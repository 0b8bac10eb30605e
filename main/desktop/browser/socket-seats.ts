import { closeCodes } from '../../../shared/ipc/socket.ts';

/** Something that can be told to go. */
export interface Seated {
  close(code: number, reason: string): void;
}

/** How a page came: which tab it is, and whether the person asked for it to take the other one's place. */
export interface Arrival {
  readonly page: string;
  readonly takeOver: boolean;
}

/**
 * Who is connected. One page at a time unless many are allowed: a page that comes back after a reload takes its own
 * place, one that the person told to use Keyturn there takes the place of the other, and any further one is
 * turned away. Whoever goes is told why by a close code, for which the page has words.
 */
export function createSeats<S extends Seated>(options: { readonly allowMany: boolean }) {
  const seats = new Map<S, string>();

  return {
    /** Seats `newcomer` and answers true, or turns it away and answers false. */
    admit(newcomer: S, { page, takeOver }: Arrival): boolean {
      const others = options.allowMany ? [] : [...seats];
      if (others.some(([, seated]) => seated !== page && !takeOver)) {
        newcomer.close(closeCodes.inUse, 'in-use');
        return false;
      }
      for (const [other] of others) {
        seats.delete(other);
        other.close(closeCodes.takenOver, 'taken-over');
      }
      seats.set(newcomer, page);
      return true;
    },
    leave(socket: S): void {
      seats.delete(socket);
    },
  };
}
