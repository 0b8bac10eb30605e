import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '../../../main/desktop/folder-lock.ts';

let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'keyturn-lock-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

it('gives a data folder to one host at a time, by whatever name it is reached', async () => {
  const folder = join(parent, 'data');
  const lock = await lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  symlinkSync(folder, join(parent, 'other-name'));
  expect(await lockFolder(folder)).toBeNull();
  expect(await lockFolder(join(parent, 'other-name'))).toBeNull();
  const elsewhere = await lockFolder(join(parent, 'elsewhere'));
  expect(elsewhere).not.toBeNull();
  await elsewhere?.release();
  await lock?.release();
  const again = await lockFolder(folder);
  expect(again).not.toBeNull();
  await again?.release();
});

it('is free again when the process that had it was killed', async () => {
  const folder = join(parent, 'data');
  const source = join(import.meta.dirname, '..', '..', '..', 'main', 'desktop', 'folder-lock.ts');
  const script = `import { lockFolder } from ${JSON.stringify(source)};
    await lockFolder(${JSON.stringify(folder)}); console.log('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  expect(await lockFolder(folder)).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const lock = await lockFolder(folder);
  expect(lock).not.toBeNull();
  await lock?.release();
});
