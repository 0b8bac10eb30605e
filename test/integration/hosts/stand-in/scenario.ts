import { setTimeout as wait } from 'node:timers/promises';
import { app, powerMonitor, record } from './electron.ts';

/* Runs the app's entry on the stand-in, does what a window may do, and prints what came of it. */

type Outcome = { readonly answer: unknown } | { readonly refused: string };

await import('../../../../main/index.ts');
for (let tries = 0; tries < 200 && record.windows.length === 0 && record.exits.length === 0; tries += 1)
  await wait(25);
await wait(25);

const report: Record<string, unknown> = { steps: record.steps, exits: record.exits, schemes: record.schemes };
const [window] = record.windows;

async function ask(senderFrame: unknown): Promise<Outcome> {
  try {
    return {
      answer: await window?.webContents.handler({ senderFrame }, { method: 'app.status', input: {} }),
    };
  } catch (cause) {
    return { refused: cause instanceof Error ? cause.name : 'unknown' };
  }
}

function isPrevented(event: string, details: object): boolean {
  let prevented = false;
  window?.webContents.emit(event, {
    ...details,
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}

if (window !== undefined) {
  const page = { url: 'keyturn://app/', parent: null };
  const served = record.pages.get('keyturn')?.({ method: 'GET', url: page.url }) as Response;
  const granted: unknown[] = [];
  record.permissionRequest({}, 'media', (answer: unknown) => granted.push(answer));
  Object.assign(report, {
    options: window.options,
    loaded: window.loaded,
    served: { status: served.status, csp: served.headers.get('content-security-policy') },
    fromPage: await ask(page),
    fromElsewhere: await ask({ url: 'https://evil.example/', parent: null }),
    fromFrame: await ask({ url: page.url, parent: page }),
    opened: window.webContents.openHandler({ url: 'https://evil.example/' }),
    leaves: !isPrevented('will-frame-navigate', { url: 'https://evil.example/', isMainFrame: true }),
    frameLeaves: !isPrevented('will-frame-navigate', { url: page.url, isMainFrame: false }),
    reloads: !isPrevented('will-frame-navigate', { url: page.url, isMainFrame: true }),
    redirects: !isPrevented('will-redirect', { url: page.url }),
    attaches: !isPrevented('will-attach-webview', {}),
    hearsOf: powerMonitor.eventNames(),
    granted: [...granted, record.permissionCheck({}, 'media')],
  });
  app.quit();
  app.quit();
  for (let tries = 0; tries < 200 && record.exits.length === 0; tries += 1) await wait(25);
}
process.stdout.write(JSON.stringify(report));
process.exit(0);
