import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { targetSchema } from '../../../shared/domain/key.ts';
import { createLeaksWorld, keyValue, type LeaksWorld, placeOf } from './leaks-world.ts';

let world: LeaksWorld;

beforeEach(() => {
  world = createLeaksWorld();
  world.key(1);
});
afterEach(() => world.remove());

const places = async (where?: string) => (await world.search(true, where)).leaks.map(placeOf);

describe('searching a repository’s history for leaks', () => {
  beforeEach(() => world.initGit());

  it('finds a value in a file that was deleted, and the commit that brought it, with author and time', async () => {
    world.write('readme', 'hello');
    world.commit('Begin');
    world.write('config/prod.json', `{\n  "key": "${keyValue(1)}"\n}\n`);
    const brought = world.commit('Configure production');
    world.write('config/prod.json', `{\n\n\n  "key": "${keyValue(1)}", "more": 1\n}\n`);
    world.commit('Configure more');
    world.git('rm', '-q', 'config/prod.json');
    world.commit('Remove the key');
    const { leaks, commits } = await world.search(true);
    expect(commits).toBe(4);
    expect(leaks).toMatchObject([
      {
        file: 'config/prod.json',
        line: 2,
        stillThere: false,
        commit: { id: brought, author: 'Ada', subject: 'Configure production' },
      },
    ]);
    expect(Math.abs((leaks[0]?.commit?.at ?? 0) - Date.now())).toBeLessThan(120_000);
  });

  it('tells a value that still stands in its file once, with the line of now and its first commit', async () => {
    world.write('a.txt', keyValue(1));
    world.commit('Bring it');
    world.write('a.txt', `new first line\n${keyValue(1)}`);
    world.commit('Move it');
    expect(await places()).toEqual(['a.txt:2 payments 1, Bring it']);
  });

  it('tells a renamed file under both names', async () => {
    world.write('old.txt', `x\n${keyValue(1)}`);
    world.commit('Bring it');
    world.git('mv', 'old.txt', 'new.txt');
    world.commit('Rename it');
    expect(await places()).toEqual([
      'new.txt:2 payments 1, Rename it',
      'old.txt:2 payments 1, gone, Bring it',
    ]);
  });

  it('finds values that came in by a branch that was merged, and by the merge itself', async () => {
    world.key(2);
    world.write('base', 'x');
    world.commit('Begin');
    world.git('checkout', '-q', '-b', 'side');
    world.write('side.txt', keyValue(1));
    world.commit('On the side');
    world.git('checkout', '-q', 'main');
    world.write('main.txt', 'y');
    world.commit('On main');
    world.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    world.write('evil.txt', keyValue(2));
    world.commit('Merge');
    world.git('rm', '-q', 'evil.txt', 'side.txt');
    world.commit('Clean up');
    expect(await places()).toEqual([
      'evil.txt:1 payments 2, gone, Merge',
      'side.txt:1 payments 1, gone, On the side',
    ]);
  });

  it('finds values on other branches, in tags, in a stash, and in commits that were taken back', async () => {
    for (let number = 2; number < 6; number += 1) world.key(number);
    world.write('base', 'x');
    world.commit('Begin');
    world.git('checkout', '-q', '-b', 'other');
    world.write('other.txt', keyValue(1));
    world.commit('On another branch');
    world.git('checkout', '-q', 'main');
    world.git('tag', '-a', 'v1', '-m', `Release\n\nkey ${keyValue(2)}`);
    world.write('base', keyValue(3));
    world.git('stash', '-q');
    world.write('amended.txt', keyValue(4));
    world.commit('Too early');
    world.git('reset', '-q', '--hard', 'HEAD~1');
    world.write('base', 'y');
    world.git('add', '-A');
    world.git('commit', '-q', '-m', 'Rotate', '-m', `The old one was ${keyValue(5)}`);
    expect(await places()).toEqual([
      ':3 payments 2, gone, Release',
      ':3 payments 5, gone, Rotate',
      'amended.txt:1 payments 4, gone, Too early',
      expect.stringMatching(/^base:1 payments 3, gone, WIP on main/),
      'other.txt:1 payments 1, gone, On another branch',
    ]);
  });

  it('finds what was staged and never committed', async () => {
    world.write('staged.txt', keyValue(1));
    world.git('add', 'staged.txt');
    rmSync(path.join(world.folder, 'staged.txt'));
    expect(await places()).toEqual(['staged.txt:1 payments 1, gone']);
    world.git('rm', '-q', '--cached', 'staged.txt');
    expect(await places()).toEqual(['in Git, but in no commit:1 payments 1, gone']);
  });

  it('finds values in binary files and in packed objects as in loose ones', async () => {
    const binary = Buffer.concat([Buffer.alloc(700_000), Buffer.from(keyValue(1)), Buffer.alloc(10)]);
    world.write('image.bin', binary);
    world.commit('Bring it');
    world.git('rm', '-q', 'image.bin');
    world.commit('Remove it');
    const before = await places();
    world.git('gc', '-q');
    expect(await places()).toEqual(before);
    expect(before).toEqual(['image.bin:1 payments 1, gone, Bring it']);
  });

  it('tells a target that was ever committed, though it is ignored now', async () => {
    const file = world.write('.env', `API_KEY=${keyValue(1)}\n`);
    const target = { id: `tgt_${'0'.repeat(20)}`, file, variables: { API_KEY: 'API_KEY' } };
    world.key(1, { targets: [targetSchema.parse(target)] });
    world.commit('Too much');
    world.git('rm', '-q', '--cached', '.env');
    world.write('.gitignore', '.env\n');
    world.commit('Ignore it');
    expect(await places()).toEqual(['.env:1 payments 1, Too much']);
  });

  it('searches the whole history from a folder in the repository, and whether what is outside of it still stands', async () => {
    world.key(2);
    world.write('server/secret', keyValue(1));
    world.write('web/page', keyValue(2));
    world.write('web/gone', keyValue(2));
    world.commit('Bring them');
    world.git('rm', '-q', 'web/gone');
    world.commit('Remove one');
    expect(await places(path.join(world.folder, 'web'))).toEqual([
      '../server/secret:1 payments 1, Bring them',
      'gone:1 payments 2, gone, Bring them',
      'page:1 payments 2, Bring them',
    ]);
  });

  it('knows names with line ends, quotes and letters of any language', async () => {
    const name = 'a "quoted"\nnäme — 鍵.txt';
    world.write(name, keyValue(1));
    world.commit('Bring it');
    rmSync(path.join(world.folder, name));
    world.commit('Remove it');
    expect((await world.search(true)).leaks.map(({ file }) => file)).toEqual([name]);
  });

  it('searches work trees, and repositories within the folder, each once', async () => {
    world.key(2);
    world.write('base', keyValue(1));
    world.commit('Bring it');
    world.git('rm', '-q', 'base');
    world.write('other', 'x');
    world.commit('Remove it');
    world.git('worktree', 'add', '-q', 'tree');
    const inner = path.join(world.folder, 'inner');
    mkdirSync(inner);
    world.initGit(inner);
    world.write('inner/file', keyValue(2));
    world.gitIn(inner, 'add', '-A');
    world.gitIn(inner, 'commit', '-q', '-m', 'Inside');
    rmSync(path.join(inner, 'file'));
    expect(await places()).toEqual([
      'base:1 payments 1, gone, Bring it',
      'inner/file:1 payments 2, gone, Inside',
    ]);
    expect(await places(path.join(world.folder, 'tree'))).toEqual(['base:1 payments 1, gone, Bring it']);
  });

  it('says that a shallow clone has not all of the history, and searches what is there', async () => {
    world.write('old', keyValue(1));
    world.commit('Bring it');
    world.write('new', 'x');
    world.commit('Go on');
    const clone = path.join(world.root, 'clone');
    world.gitIn(world.root, 'clone', '-q', '--depth=1', `file://${world.folder}`, clone);
    rmSync(path.join(clone, 'old'));
    const { leaks, skipped, commits } = await world.search(true, clone);
    expect(leaks.map(placeOf)).toEqual(['old:1 payments 1, gone, Go on']);
    expect(commits).toBe(1);
    expect(skipped).toEqual([{ file: '', reason: expect.stringContaining('without its older commits') }]);
  });

  it('finds nothing in a repository without a commit, and in one that is bare the same as before', async () => {
    expect(await world.search(true)).toMatchObject({ leaks: [], commits: 0 });
    world.write('file', keyValue(1));
    world.commit('Bring it');
    const bare = path.join(world.root, 'bare.git');
    world.gitIn(world.root, 'clone', '-q', '--bare', world.folder, bare);
    expect((await world.search(true, bare)).leaks).toMatchObject([
      { line: 1, commit: { subject: 'Bring it' } },
    ]);
  });
});

describe('searching a folder that is in no repository', () => {
  it('looks at no history', async () => {
    world.write('file', keyValue(1));
    expect(await world.search(true)).toMatchObject({
      commits: null,
      leaks: [{ file: 'file', commit: null }],
    });
  });
});
