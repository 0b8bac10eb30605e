import { startWorld, wish } from './app-world.ts';

/*
 * Starts the app in the folder that is named, uses everything that holds a process, a port or a timer, and stops it.
 * Node ends by itself only when nothing of that is left.
 */

const [folder = ''] = process.argv.slice(2);
const app = await startWorld(folder, process.env);
await app.until('open');
const connection = await app.call('connections.addSandbox', {});
const { keyId } = await app.call('keys.issue', {
  ...wish,
  connectionId: connection.id,
  name: 'mail',
  targets: [],
});
await app.call('keys.copy', { id: keyId, field: 'API_KEY' });
await app.stop();
process.stdout.write(`stopped ${connection.settings.url}\n`);
