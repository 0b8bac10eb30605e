import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

// Another program that edits a file over and over until its input ends, and tells of each edit in a line when it began
// and ended, in nanoseconds of the clock that all processes share, and whether the one before it was lost by then.
// `replace`: it puts a new file in the place of the old one, as editors do. `append`: it adds lines, as
// `echo … >> .env` does.
const [file = '', mode = ''] = process.argv.slice(2);
let isOver = false;
process.stdin.resume().once('end', () => {
  isOver = true;
});

for (let edit = 1; !isOver; edit += 1) {
  const text = fs.readFileSync(file, 'utf8');
  const isLastLost = mode === 'replace' && edit > 1 && !text.includes(`OTHER=${edit - 1}\n`);
  const began = String(process.hrtime.bigint());
  if (mode === 'replace') {
    fs.writeFileSync(`${file}.swp`, text.replace(/^OTHER=.*$/m, `OTHER=${edit}`));
    fs.renameSync(`${file}.swp`, file);
  } else fs.appendFileSync(file, `LINE_${edit}=${edit}\n`);
  const ended = String(process.hrtime.bigint());
  process.stdout.write(`${JSON.stringify({ edit, began, ended, isLastLost })}\n`);
  // Sometimes at once again, sometimes after a while.
  await wait((edit % 7) ** 2);
}
