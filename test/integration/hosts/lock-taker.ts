import { type Holder, lockFolder } from '../../../main/desktop/folder-lock.ts';

/* Takes the folder that is named, says what came of it, and stays. A second name is the file of the socket to use. */

const [folder = '', socket] = process.argv.slice(2);
const holder = (): Holder => ({ pid: process.pid, host: 'browser', address: 'http://127.0.0.1:1/' });
const outcome = await lockFolder(folder, {
  holder,
  asked: () => process.stdout.write('asked\n'),
  ...(socket === undefined ? {} : { address: () => socket }),
});
process.stdout.write(`${JSON.stringify(outcome)}\n`);
if (outcome.state === 'held') setInterval(() => undefined, 1_000);
