import { passphrase, startSealed, wish } from './damage-world.ts';

/*
 * Starts the app in the folder that is named, opens its vault, does what a person does on a day with a key of the name
 * that is given, puts back what can be read, and prints what was found damaged and which keys there are then.
 */

const [folder = '', name = ''] = process.argv.slice(2);
const app = await startSealed(folder);
await app.call('vault.unlock', { passphrase });
const { files: found } = await app.call('vault.setAside', {});
const connection = await app.call('connections.addSandbox', {});
await app.call('keys.issue', { ...wish, connectionId: connection.id, name, targets: [] });
await app.call('settings.set', { clipboardSeconds: 20 });
await app.call('activity.page', { before: null, limit: 10 });
if (app.log.failures.length > 0) throw new Error(JSON.stringify(app.log.failures));
for (const { file, readable } of found) if (readable !== null) await app.call('vault.putBack', { file });
const names = await app.keyNames();
await app.stop();
process.stdout.write(JSON.stringify({ found, names }));
