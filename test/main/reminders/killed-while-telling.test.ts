import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const program = path.join(import.meta.dirname, 'killed-while-telling.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'keyturn-killed-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (moment = '') => spawnSync(process.execPath, [program, folder, moment], { encoding: 'utf8' });
const shown = (): number => {
  const file = path.join(folder, 'shown.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
};

describe('an app that is killed while it tells of a key', () => {
  it.each([
    { moment: 'before it is remembered', atDesktop: 1 },
    // The one notice that can be lost: the list in the app has it.
    { moment: 'after it is remembered', atDesktop: 0 },
    { moment: 'while it is shown', atDesktop: 1 },
  ])(
    '$moment tells of it once: at the desktop $atDesktop times, in the list always',
    ({ moment, atDesktop }) => {
      expect(run(moment).signal).toBe('SIGKILL');
      const next = run();
      expect(next.stderr).toBe('');
      expect(next.stdout).toBe('1\n');
      expect(run().stdout).toBe('1\n');
      expect(shown()).toBe(atDesktop);
    },
  );
});
