import fs from 'node:fs';

// Another program that edits a file over and over, and notes of each edit when it began and ended, in nanoseconds of the
// clock that all processes share. `replace`: it puts a new file in the place of the old one, as editors do; an edit is
// lost when the next look does not find it. `append`: it adds lines, as `echo … >> .env` does.
const [file = '', mode = '', durationMs = ''] = process.argv.slice(2);
const end = performance.now() + Number(durationMs);
const edits: { edit: number; began: string; ended: string }[] = [];
const lost: number[] = [];
process.stdout.write('ready\n');

for (let edit = 1; performance.now() < end; edit += 1) {
  const text = fs.readFileSync(file, 'utf8');
  if (mode === 'replace' && edit > 1 && !text.includes(`OTHER=${edit - 1}\n`)) lost.push(edit - 1);
  const began = String(process.hrtime.bigint());
  if (mode === 'replace') {
    fs.writeFileSync(`${file}.swp`, text.replace(/^OTHER=.*$/m, `OTHER=${edit}`));
    fs.renameSync(`${file}.swp`, file);
  } else fs.appendFileSync(file, `LINE_${edit}=${edit}\n`);
  edits.push({ edit, began, ended: String(process.hrtime.bigint()) });
  // Sometimes at once again, sometimes after a while.
  const pause = performance.now() + (edit % 7) ** 2;
  while (performance.now() < pause);
}
process.stdout.write(JSON.stringify({ edits, lost }));
