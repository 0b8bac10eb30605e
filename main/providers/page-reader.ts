import type { ProviderFailure } from '../../shared/domain/failure.ts';
import type { Result } from '../../shared/result.ts';
import type { Answer } from './caller.ts';
import type { Authentication } from './operation.ts';
import type { PageRequest } from './pagers.ts';

/** How one page is asked for. */
export interface PageCall {
  /** Asked before each repetition of the call. */
  readonly mayRepeat: () => Promise<boolean>;
  /** Ends the call. */
  readonly signal: AbortSignal;
}

type PageAnswered = Result<Answer, ProviderFailure>;

/** Reads the pages of one list, of which one may be asked for before it is known to be there. */
export interface PageReader {
  /** The page, as it was asked for ahead or else asked for now. */
  read(page: PageRequest): Promise<PageAnswered>;
  /**
   * Asks for a page that may turn out not to be wanted: once, whatever comes of it, until it is read. Nothing is asked ahead any
   * more once the provider has asked for patience or failed, or a page was asked for in vain.
   */
  readAhead(page: PageRequest): void;
  /** Ends whatever is still asked for. */
  close(): void;
}

interface Asked {
  readonly page: string;
  readonly answer: Promise<PageAnswered>;
  /** Says whether the answer is wanted. */
  settle(isWanted: boolean): void;
}

/** Makes the reader of one list over what asks for a page. */
export function createPageReader(
  ask: (page: PageRequest, call: PageCall) => Promise<PageAnswered>,
  { mayReadAhead }: { readonly mayReadAhead: boolean },
): PageReader {
  let isCalm = mayReadAhead;
  let ahead: Asked | null = null;
  let current: Asked | null = null;

  function begin(page: PageRequest): Asked {
    const controller = new AbortController();
    const wanted = Promise.withResolvers<boolean>();
    const mayRepeat = () => {
      isCalm = false;
      return wanted.promise;
    };
    const answer = ask(page, { mayRepeat, signal: controller.signal }).then((answered) => {
      if (!answered.ok) isCalm = false;
      return answered;
    });
    // Nobody may come to wait for it; whoever does is told.
    answer.catch(() => undefined);
    const settle = (isWanted: boolean) => {
      wanted.resolve(isWanted);
      if (!isWanted) controller.abort();
    };
    return { page: JSON.stringify(page), answer, settle };
  }

  return {
    read(page) {
      if (ahead?.page === JSON.stringify(page)) {
        current = ahead;
      } else {
        if (ahead !== null) isCalm = false;
        ahead?.settle(false);
        current = begin(page);
      }
      ahead = null;
      current.settle(true);
      return current.answer;
    },
    readAhead(page) {
      if (isCalm && ahead === null) ahead = begin(page);
    },
    close() {
      // What has been answered is not harmed by it.
      current?.settle(false);
      ahead?.settle(false);
      current = null;
      ahead = null;
    },
  };
}

/**
 * Whether two calls may be on their way at once. A login that ends the one before, or a signature with a number that has to grow,
 * bears no second call beside the first.
 */
export function mayOverlap({ kind }: Authentication): boolean {
  return kind !== 'exchange' && kind !== 'hmac';
}
