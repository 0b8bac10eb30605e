import { expect, type Page } from '@playwright/test';
import { isElectron } from './host.ts';

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

/**
 * Asserts how many of main's answers held the text. Electron's own IPC cannot be listened to from outside; the same door
 * answers there, so what the browser host proves of it holds.
 */
export function expectInAnswers(answers: AnswerRecord, text: string, times: number): void {
  if (isElectron) return;
  expect(answers.frames.length, 'answers that were recorded').toBeGreaterThan(0);
  expect(answers.count(text)).toBe(times);
}
