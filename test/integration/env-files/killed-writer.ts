import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { realFileSystem } from '../../../main/env-files/file-system.ts';
import { createInPlaceJournal } from '../../../main/env-files/in-place-journal.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { interruptedFileSystem } from '../../main/env-files/failing-file-system.ts';

// A process of its own that writes a file and is killed: by itself before its nth call to the file system, or,
// with `loop` and `once`, from outside at any moment.
const [file = '', mode = '', value = '', records = ''] = process.argv.slice(2);
const assign = (text: string) => [{ variable: 'KEY', value: new Secret(text) }];

if (mode === 'loop') {
  const envFiles = createDiskEnvFiles();
  for (let round = 0; ; round += 1) {
    const result = await envFiles.write(file, assign(round % 2 === 0 ? value : 'old'), 'any');
    if (!result.ok) throw new Error(result.error.code);
    if (round === 0) process.stdout.write('writing\n');
  }
}

if (mode === 'once') {
  // All that is done to files is done by one thread then, where it can be counted.
  const random = (bytes: number) => new Uint8Array(bytes).fill(7);
  const journal = createInPlaceJournal({ folder: records, dataKey: random(32), random });
  const envFiles = createDiskEnvFiles({ fs: realFileSystem, inPlaceJournal: () => journal });
  const written = await envFiles.write(file, assign(value), 'any');
  process.exit(written.ok ? 0 : 1);
}

let callsLeft = Number(mode);
const fs = interruptedFileSystem(async () => {
  callsLeft -= 1;
  if (callsLeft > 0) return;
  process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
});
const result = await createDiskEnvFiles({ fs }).write(file, assign(value), 'any');
process.exitCode = result.ok ? 0 : 1;
