import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { searchFolder } from '../../../main/leaks/search-folder.ts';
import { shareValues } from '../../../main/leaks/shared-values.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { targetSchema } from '../../../shared/domain/key.ts';
import { leaksWorkerFile } from '../../support/leaks-program.ts';
import { createLeaksWorld, keyValue, type LeaksWorld, placeOf } from './leaks-world.ts';

let world: LeaksWorld;

beforeEach(() => {
  world = createLeaksWorld();
});
afterEach(() => world.remove());

const targetIn = (file: string, changes = {}) =>
  targetSchema.parse({ id: `tgt_${'0'.repeat(20)}`, file, variables: { API_KEY: 'API_KEY' }, ...changes });

describe('searching a folder for leaks', () => {
  it('finds values in text, in binary and hidden files, and in heavy folders, with their lines', async () => {
    world.key(1);
    world.key(2);
    world.write('src/app.ts', `const a = 1;\n\nfetch('x', { key: '${keyValue(1)}' });\n`);
    world.write(
      'dist/app.bin',
      Buffer.concat([Buffer.alloc(5_000), Buffer.from(keyValue(2)), Buffer.alloc(99)]),
    );
    world.write('.cache/notes', `${keyValue(1)}\n${keyValue(2)}`);
    world.write('node_modules/some/index.js', `"${keyValue(2)}"`);
    const { leaks, files, more, commits, skipped, unsearched } = await world.search(false);
    expect(leaks.map(placeOf)).toEqual([
      '.cache/notes:1 payments 1',
      '.cache/notes:2 payments 2',
      'dist/app.bin:1 payments 2',
      'node_modules/some/index.js:1 payments 2',
      'src/app.ts:3 payments 1',
    ]);
    expect({ files, more, commits, skipped, unsearched }).toEqual({
      files: 4,
      more: false,
      commits: null,
      skipped: [],
      unsearched: [],
    });
  });

  it('finds values anywhere in a file that is bigger than any buffer', async () => {
    world.key(1);
    const line = `${'x'.repeat(99)}\n`;
    // Across the borders of 256 KiB, and at the very end without a line end.
    const lines = Array.from({ length: 30_000 }, (_, at) => (at % 2_000 === 7 ? `${keyValue(1)}\n` : line));
    world.write('big.log', lines.join('') + keyValue(1));
    const { leaks } = await world.search(false);
    expect(leaks.map(({ line: at }) => at)).toEqual([
      ...Array.from({ length: 15 }, (_, at) => at * 2_000 + 8),
      30_001,
    ]);
  });

  it('finds a value in every file of many folders, whichever thread comes to them', async () => {
    world.key(1);
    for (let at = 0; at < 1_500; at += 1) world.write(`${at % 40}/${at % 7}/file-${at}`, `${keyValue(1)}`);
    const { leaks, files } = await world.search(false);
    expect(files).toBe(1_500);
    expect(new Set(leaks.map(({ file }) => file)).size).toBe(1_500);
  });

  it('finds a value that was encoded', async () => {
    world.key(1, {}, 'abc/def+ghi=jkl/mno&pqr');
    const value = 'abc/def+ghi=jkl/mno&pqr';
    world.write('login.http', `authorization: Basic ${Buffer.from(`user:${value}`).toString('base64')}`);
    world.write('link.txt', `https://example.com/?key=${encodeURIComponent(value)}`);
    world.write('windows.txt', Buffer.from(`KEY=${value}`, 'utf16le'));
    const { leaks } = await world.search(false);
    expect(leaks.map(({ file }) => file)).toEqual(['link.txt', 'login.http', 'windows.txt']);
  });

  it('does not take a key’s own target for a leak of it, unless Git tracks the file', async () => {
    const env = path.join(world.folder, '.env');
    world.write('.env', `API_KEY=${keyValue(1)}\nOTHER=${keyValue(2)}\n`);
    symlinkSync('.env', path.join(world.folder, 'link'));
    world.key(1, { targets: [targetIn(path.join(world.folder, 'link'))] });
    world.key(2);
    expect((await world.search(false)).leaks.map(placeOf)).toEqual(['.env:2 payments 2']);
    world.initGit();
    world.git('add', '.env');
    world.key(2, { revokedAt: 5, status: 'revoked' });
    expect((await world.search(false)).leaks.map(placeOf)).toEqual(['.env:1 payments 1']);
    world.git('rm', '-q', '--cached', '.env');
    expect((await world.search(false)).leaks).toEqual([]);
    expect(env).toContain(world.folder);
  });

  it('does not look for revoked keys, and says which keys it cannot look for', async () => {
    world.key(1, { revokedAt: 5, status: 'revoked' });
    world.key(2, {}, 'short');
    const gone = world.key(3);
    world.secrets.items.delete(`key/${gone.id}`);
    world.write('file', `${keyValue(1)} short ${keyValue(3)}`);
    const { leaks, unsearched } = await world.search(false);
    expect(leaks).toEqual([]);
    expect(unsearched.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      'payments 2 too-short',
      'payments 3 unreadable',
    ]);
  });

  it('follows no links, waits for no pipe, and searches a file with two names in both places', async () => {
    world.key(1);
    const outside = path.join(world.root, 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'file'), keyValue(1));
    symlinkSync(outside, path.join(world.folder, 'folder-link'));
    symlinkSync(path.join(outside, 'file'), path.join(world.folder, 'file-link'));
    symlinkSync('..', path.join(world.folder, 'circle'));
    execFileSync('mkfifo', [path.join(world.folder, 'pipe')]);
    const one = world.write('one', keyValue(1));
    linkSync(one, path.join(world.folder, 'two'));
    const { leaks } = await world.search(false);
    expect(leaks.map(({ file }) => file)).toEqual(['one', 'two']);
  });

  it('searches files whose names are no UTF-8, and shows them as well as it can', async () => {
    world.key(1);
    const place = Buffer.concat([
      Buffer.from(`${world.folder}/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.txt'),
    ]);
    writeFileSync(place, keyValue(1));
    world.write('größe.txt', keyValue(1));
    const { leaks } = await world.search(false);
    expect(leaks.map(({ file }) => file)).toEqual(['caf\ufffd.txt', 'größe.txt']);
  });

  it('finds a password in an address of the repository’s configuration, and tells nothing else of Git’s own twice', async () => {
    world.key(1);
    world.initGit();
    world.git('remote', 'add', 'origin', `https://user:${keyValue(1)}@example.com/repository.git`);
    world.write('file', 'x');
    world.commit(`The key is ${keyValue(1)}`);
    expect((await world.search(true)).leaks.map(placeOf)).toEqual([
      ':1 payments 1, gone, The key is [secret]',
      expect.stringMatching(/^\.git\/config:\d+ payments 1$/),
    ]);
  });

  it.runIf(process.getuid?.() !== 0)('says what it may not look into', async () => {
    world.key(1);
    chmodSync(world.write('shut', keyValue(1)), 0o000);
    expect((await world.search(false)).skipped).toEqual([{ file: 'shut', reason: 'You have no permission' }]);
  });

  it('tells no more leaks than can be read, and that there are more', async () => {
    world.key(1);
    world.write('log', `${keyValue(1)}\n`.repeat(6_000));
    const { leaks, more } = await world.search(false);
    expect(leaks).toHaveLength(5_000);
    expect(more).toBe(true);
  });

  it('finds the same however late the values come, with one thread or with many', async () => {
    for (let at = 0; at < 300; at += 1)
      world.write(`${at % 20}/${at}`, at % 3 === 0 ? keyValue(1) : 'nothing');
    const values = shareValues({ values: [Buffer.from(keyValue(1))], groups: [0] });
    for (const threads of [1, 4]) {
      const { hits, files } = await searchFolder(leaksWorkerFile, {
        root: world.folder,
        values: setTimeout(100, values),
        mostHits: 1_000,
        threads,
      });
      expect({ hits: hits.length, files }).toEqual({ hits: 100, files: 300 });
    }
  });

  it('searches nothing, and says why, where the vault cannot be read', async () => {
    world.key(1);
    world.write('file', keyValue(1));
    world.secrets.failWith(failure('keychain-locked'));
    await expect(world.search(false)).rejects.toThrow('keychain-locked');
    world.secrets.failWith(null);
    expect((await world.search(false)).leaks).toHaveLength(1);
  });

  it('goes no further when it is cancelled', async () => {
    world.key(1);
    for (let at = 0; at < 1_000; at += 1) world.write(`${at}/file`, Buffer.alloc(10_000, 'x'));
    const whole = await world.search(false);
    // The first that is told is that the vault was read.
    world.atProgress(() => world.controller.abort());
    const cut = await world.search(false);
    expect(whole.files).toBe(1_000);
    expect(cut.files).toBeLessThan(100);
    expect([whole.stopped, cut.stopped]).toEqual([false, true]);
  });

  it('has no value in what it answers and tells', async () => {
    for (let number = 1; number < 6; number += 1) world.key(number);
    const all = Array.from({ length: 6 }, (_, number) => keyValue(number)).join('\n');
    world.initGit();
    world.write('file', all);
    world.write(`named ${keyValue(1)}`, all);
    world.commit(all);
    world.git('rm', '-q', 'file');
    const answer = await world.search(true);
    expect(answer.leaks).toHaveLength(15);
    const said = JSON.stringify([answer, world.progress]);
    for (let number = 1; number < 6; number += 1) expect(said).not.toContain(keyValue(number).slice(8, 24));
  });
});
