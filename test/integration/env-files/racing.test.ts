import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { interruptedFileSystem } from '../../main/env-files/failing-file-system.ts';

const EDITOR = path.join(import.meta.dirname, 'racing-editor.ts');
/** As many edits of theirs, and writes of ours, as make it likely that they meet. */
const MANY = 250;
const LINES = Array.from({ length: 200 }, (_, line) => `SETTING_${line}="a value of some length"\n`).join('');

interface Edit {
  readonly edit: number;
  readonly began: string;
  readonly ended: string;
  readonly isLastLost: boolean;
}
interface Step {
  readonly from: bigint;
  readonly to: bigint;
}

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-racing-'));
  file = path.join(folder, '.env');
  await fs.writeFile(file, `KEY=0\n${LINES}OTHER=0\n`);
});
afterEach(() => fs.rm(folder, { recursive: true }));

/** Writes while the editor edits. `steps`: from our last look before a new file takes its place until it has. */
async function race(mode: string) {
  const editor = spawn(process.execPath, [EDITOR, file, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = once(editor, 'close');
  const edits: Edit[] = [];
  createInterface(editor.stdout).on('line', (line) => edits.push(JSON.parse(line) as Edit));
  const steps: Step[] = [];
  let lastLook = 0n;
  let stepBegan: bigint | null = null;
  const system = interruptedFileSystem((call) => {
    const now = process.hrtime.bigint();
    if (stepBegan !== null) steps.push({ from: stepBegan, to: now });
    stepBegan = call === 'rename' ? lastLook : null;
    if (call === 'lstat') lastLook = now;
  });
  const envFiles = createDiskEnvFiles({ fs: system });
  const outcomes = { written: 0, refused: 0 };
  const codes = new Set<string>();
  for (let turn = 1; edits.length < MANY || turn < MANY; turn += 1) {
    const result = await envFiles.write(file, [{ variable: 'KEY', value: new Secret(`${turn}`) }], 'any');
    if (!result.ok) codes.add(result.error.code);
    outcomes[result.ok ? 'written' : 'refused'] += 1;
    await wait(turn % 5);
  }
  editor.stdin.end();
  await closed;
  const isInStep = ({ began, ended }: Edit) =>
    steps.some(({ from, to }) => BigInt(began) <= to && BigInt(ended) >= from);
  return { outcomes, codes, edits, isInStep, steps };
}

describe('While another program edits the same file over and over', () => {
  it('none of its new files is lost but for one that falls into our last step, and none is mixed with ours', async () => {
    const { outcomes, codes, edits, isInStep, steps } = await race('replace');
    expect(outcomes.written).toBeGreaterThan(3);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect([...codes]).toEqual(['file-changed']);
    const lost = edits.filter((_, index) => edits[index + 1]?.isLastLost);
    expect(lost.filter((edit) => !isInStep(edit))).toEqual([]);
    // Were our steps most of the time, every loss would fall into one.
    const began = BigInt(edits[0]?.began ?? 0);
    const all = BigInt(edits.at(-1)?.ended ?? 0) - began;
    const inSteps = steps
      .filter(({ from }) => from >= began)
      .reduce((sum, { from, to }) => sum + (to - from), 0n);
    expect(inSteps * 2n < all).toBe(true);
    expect((await fs.readFile(file, 'utf8')).replace(/^KEY=\d+\n/, '').replace(/OTHER=\d+\n$/, '')).toBe(
      LINES,
    );
  });

  it('none of its added lines is lost but for one that falls into our last step', async () => {
    const { outcomes, edits, isInStep } = await race('append');
    expect(outcomes.written).toBeGreaterThan(3);
    const found = await fs.readFile(file, 'utf8');
    const missing = edits.filter(({ edit }) => !found.includes(`\nLINE_${edit}=${edit}\n`));
    expect(missing.filter((edit) => !isInStep(edit))).toEqual([]);
    expect(found.startsWith('KEY=')).toBe(true);
    expect(found.replace(/^KEY=\d+\n/, '').replace(/(LINE_\d+=\d+\n)+$/, '')).toBe(`${LINES}OTHER=0\n`);
  });

  it('a file that never stops growing is told as changing, and never cut', async () => {
    const program = `const fs = require('fs'); const chunk = 'X=' + 'x'.repeat(998) + '\\n';
      for (let size = 0; size < 50_000_000; size += chunk.length) fs.appendFileSync(process.argv[1], chunk);`;
    const grower = spawn(process.execPath, ['-e', program, file], { stdio: 'ignore' });
    const closed = once(grower, 'close');
    // A disk that takes its time, so that something happens meanwhile.
    const slow = interruptedFileSystem(async (call) => {
      if (call === 'handle.read') await wait(3);
    });
    const envFiles = createDiskEnvFiles({ fs: slow });
    let refused = 0;
    while (refused < 10) {
      const result = await envFiles.read(file, ['KEY'], 'any');
      if (result.ok) expect(result.value.KEY?.reveal()).toBe('0');
      else {
        expect(result.error).toEqual({ code: 'file-changed', file });
        refused += 1;
      }
    }
    grower.kill();
    await closed;
    expect((await fs.readFile(file, 'utf8')).startsWith(`KEY=0\n${LINES}OTHER=0\nX=`)).toBe(true);
  });
});
