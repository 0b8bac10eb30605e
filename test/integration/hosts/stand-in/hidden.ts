import { setTimeout as wait } from 'node:timers/promises';
import { app, record } from './electron.ts';

/* Runs the app's entry as at login, asks for its window in every way, and prints how many there were after each. */

const windows: [string, number][] = [];

async function then(happened: string, make: () => void): Promise<void> {
  make();
  await wait(50);
  windows.push([happened, record.windows.length]);
}

await import('../../../../main/index.ts');
// The entry listens for the end when the app has started.
for (let tries = 0; tries < 400 && app.listenerCount('before-quit') === 0; tries += 1) await wait(25);

await then('started', () => undefined);
await then('started at login again', () => app.emit('second-instance', {}, ['keyturn', '--hidden']));
await then('started by hand', () => app.emit('second-instance', {}, ['keyturn']));
await then('started by hand again', () => app.emit('second-instance', {}, ['keyturn']));
await then('window closed', () => {
  record.windows[0]?.webContents.emit('destroyed');
  record.windows[0]?.emit('closed');
  app.emit('window-all-closed');
});
await then('dock clicked', () => app.emit('activate'));
const senderFrame = { url: 'keyturn://app/', parent: null };
const answer = await record.windows[1]?.webContents.handler(
  { senderFrame },
  { method: 'app.status', input: {} },
);
app.quit();
for (let tries = 0; tries < 200 && record.exits.length === 0; tries += 1) await wait(25);
process.stdout.write(JSON.stringify({ windows, answer, exits: record.exits }));
process.exit(0);
