import type { Page } from '@playwright/test';

/** Everything that came over the wire to a page, as it came. */
export interface AnswerRecord {
  readonly frames: readonly string[];
  /** How many frames hold the text. */
  count(text: string): number;
}

/** Records every frame that the page's sockets receive from now on. */
export function recordAnswers(page: Page): AnswerRecord {
  const frames: string[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(payload.toString()));
  });
  return { frames, count: (text) => frames.filter((frame) => frame.includes(text)).length };
}
