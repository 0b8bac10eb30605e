import { type Browser, chromium } from '@playwright/test';

/** The Chromium that the end-to-end tests drive, with more switches where wanted. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.KEYTURN_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-quic', ...args],
  });
}
