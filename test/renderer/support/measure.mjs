// Measures the list in the shipped page: node test/renderer/support/measure.mjs [keys…]
import { chromium } from '@playwright/test';
import { serveBuilt } from './serve.mjs';

const { url, stop } = await serveBuilt();
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
});
const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [12, 10_000];
for (const keys of sizes) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${url}?keys=${keys}`);
  await page.getByRole('row').nth(5).waitFor();
  const shownMs = await page.evaluate(() => performance.now());
  const result = await page.evaluate(async () => {
    const input = document.querySelector('input[type=search]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const keystrokes = [];
    const texts = [];
    for (const word of ['webhooks 99', 'stripe live', 'transactional mail 1']) {
      for (let end = 1; end <= word.length; end += 1) texts.push(word.slice(0, end));
      for (let end = word.length - 1; end >= 0; end -= 1) texts.push(word.slice(0, end));
    }
    for (const text of texts) {
      const start = performance.now();
      set.call(input, text);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      await Promise.resolve();
      document.body.getBoundingClientRect();
      keystrokes.push(performance.now() - start);
      await frame();
    }
    const grid = document.querySelector('[role=grid]');
    const frames = [];
    let last = performance.now();
    for (let step = 0; step < 120; step += 1) {
      grid.scrollTop += 1300;
      await frame();
      const now = performance.now();
      frames.push(now - last);
      last = now;
    }
    const at = (list, share) =>
      [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * share)].toFixed(1);
    return {
      keystroke: { median: at(keystrokes, 0.5), p95: at(keystrokes, 0.95), most: at(keystrokes, 1) },
      frame: { median: at(frames, 0.5), p95: at(frames, 0.95), most: at(frames, 1) },
      elements: document.querySelectorAll('*').length,
    };
  });
  process.stdout.write(`${keys} keys, shown after ${shownMs.toFixed(0)} ms: ${JSON.stringify(result)}\n`);
  await page.close();
}
await browser.close();
await stop();
