import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseEnv as parseLikeNode } from 'node:util';
import dotenv from 'dotenv';
import { type AssignmentToken, printToken, tokenise } from '../../main/env-files/tokenise.ts';
import type { Editor } from './editors.ts';
import type { SampleFile } from './ten-files.ts';

const VARIABLE = 'API_KEY';
const ORDINARY_MODE = 0o644;

/** What a tool does to a file besides what it was asked to do, in a few words each; empty: nothing. */
export async function harmDone(editor: Editor, sample: SampleFile): Promise<string[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'keyturn-editors-'));
  try {
    const file = path.join(folder, '.env');
    const target = sample.isLink ? path.join(folder, 'shared', 'env') : file;
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, sample.text);
    chmodSync(target, sample.mode ?? ORDINARY_MODE);
    if (sample.isLink) symlinkSync(path.join('shared', 'env'), file);
    await editor.set(folder, VARIABLE, sample.value);
    return [
      ...harmToText(sample.text, readFileSync(file, 'utf8')),
      ...harmToReaders(file, sample),
      ...harmToFile(file, sample),
      ...strangers(folder),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What differs outside of the values of the variable. */
function harmToText(before: string, after: string): string[] {
  const harm: string[] = [];
  const [old, now] = [other(before), other(after)];
  const lost = old.filter((line) => !now.includes(line)).length;
  const added = now.filter((line) => !old.includes(line)).length;
  const blanks = blankLines(before) - blankLines(after);
  if (lost > 0) harm.push(`${lines(lost)} lost or changed`);
  if (added > lost) harm.push(`${lines(added - lost)} added`);
  if (blanks > 0) harm.push(`${blanks === 1 ? 'a blank line' : `${blanks} blank lines`} lost`);
  if (blanks < 0) harm.push('a blank line added');
  if (before.includes('\r\n') && after.replaceAll('\r\n', '').includes('\n')) harm.push('CRLF became LF');
  const own = { before: assignments(before), after: assignments(after) };
  if (own.after.length > own.before.length) harm.push('set on one more line');
  if (own.after.length < own.before.length) harm.push('an occurrence lost');
  if (own.before.some(isExported) && !own.after.every(isExported)) harm.push('`export` lost');
  if (own.before.some(hasComment) && !own.after.every(hasComment)) harm.push('the comment behind it lost');
  if (new Set(own.after.map(({ value }) => value)).size > 1) harm.push('occurrences differ');
  if (before.endsWith('\n') && !after.endsWith('\n')) harm.push('the last line end lost');
  return harm;
}

const lines = (number: number) => (number === 1 ? 'another line' : `${number} other lines`);
const blankLines = (text: string) =>
  text
    .split(/\r?\n/)
    .slice(0, -1)
    .filter((line) => line === '').length;
const isExported = ({ prefix }: AssignmentToken) => prefix.includes('export');
const hasComment = ({ trailing }: AssignmentToken) => trailing.includes('#');

function assignments(text: string): AssignmentToken[] {
  return tokenise(text).filter(
    (token): token is AssignmentToken => token.kind === 'assignment' && token.name === VARIABLE,
  );
}

/** Every line but those of the variable and blank ones. */
function other(text: string): string[] {
  return tokenise(text)
    .filter((token) => token.kind === 'other' || token.name !== VARIABLE)
    .flatMap((token) => printToken(token).split(/\r?\n/))
    .filter((line) => line.trim() !== '');
}

const READERS: Readonly<Record<string, (file: string) => string | undefined>> = {
  dotenv: (file) => dotenv.parse(readFileSync(file))[VARIABLE],
  'Node.js': (file) => parseLikeNode(readFileSync(file, 'utf8'))[VARIABLE],
  bash: (file) => {
    const script = `. "$0" 2>/dev/null; printf %s "$${VARIABLE}"`;
    return execFileSync('bash', ['-c', script, file], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  },
};

/** Who reads another value than the one that was set. */
function harmToReaders(file: string, { value }: SampleFile): string[] {
  const wrong = Object.entries(READERS).filter(([, read]) => read(file) !== value);
  if (wrong.length === 0) return [];
  return [`**another value read** by ${wrong.map(([name]) => name).join(', ')}`];
}

function harmToFile(file: string, sample: SampleFile): string[] {
  const harm: string[] = [];
  if (sample.isLink && !lstatSync(file).isSymbolicLink()) harm.push('**the link replaced by a file**');
  const mode = statSync(file).mode & 0o777;
  if (mode !== (sample.mode ?? ORDINARY_MODE)) harm.push(`mode became 0${mode.toString(8)}`);
  return harm;
}

function strangers(folder: string): string[] {
  const found = readdirSync(folder).filter((name) => name !== '.env' && name !== 'shared');
  return found.length === 0 ? [] : [`also written: ${found.map((name) => `\`${name}\``).join(', ')}`];
}
