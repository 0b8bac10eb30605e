import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createGit } from '../../../main/git/create-git.ts';
import { gitNotInstalled } from '../../../main/git/git.ts';
import { createGitWorld, type GitWorld } from './git-world.ts';

afterEach(() => vi.unstubAllEnvs());

async function stateOf(world: GitWorld, file: string): Promise<string> {
  const { state } = await world.git.standingOf(file);
  return state;
}

describe('a file in a repository', () => {
  it('is not ignored where no rule speaks of it, and the line that would ignore it is told', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const standing = { state: 'not-ignored', root, detail: '' };
    expect(await world.git.standingOf(path.join(root, '.env'))).toEqual({ ...standing, ignoreLine: '/.env' });
    const deep = await world.write('shop/apps/web/.env');
    expect(await world.git.standingOf(deep)).toEqual({ ...standing, ignoreLine: '/apps/web/.env' });
    const absent = path.join(root, 'not/made/yet/.env');
    expect(await world.git.standingOf(absent)).toEqual({ ...standing, ignoreLine: '/not/made/yet/.env' });
  });

  it('is ignored by every place that Git takes rules from', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    await world.write('shop/.gitignore', '*.one\nwhole/\n');
    await world.write('shop/sub/.gitignore', '/two.env\n');
    await world.write('shop/.git/info/exclude', '*.three\n');
    const global = await world.write('home/excludes', '*.four\n');
    await world.gitIn(root, 'config', '--global', 'core.excludesFile', global);
    await world.write('home/.config/git/ignore', 'unread\n');
    for (const name of ['a.one', 'whole/.env', 'sub/two.env', 'b.three', 'sub/c.four'])
      expect([name, await world.git.standingOf(path.join(root, name))]).toEqual([
        name,
        { state: 'ignored', root, ignoreLine: null, detail: '' },
      ]);
    expect(await stateOf(world, path.join(root, 'two.env'))).toBe('not-ignored');
  });

  it('is not ignored where the last rule that speaks of it says so', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    await world.write('shop/.gitignore', '.env*\n!.env.shared\n');
    expect(await stateOf(world, path.join(root, '.env.shared'))).toBe('not-ignored');
    expect(await stateOf(world, path.join(root, '.env.local'))).toBe('ignored');
  });

  it.each([
    ['committed', ['add', '-f', '.env'], ['commit', '-q', '-m', 'Add it']],
    ['staged', ['add', '-f', '.env']],
    ['meant to be added', ['add', '-f', '-N', '.env']],
  ])('is tracked when it is %s, whatever ignores it', async (_, ...commands) => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    await world.write('shop/.gitignore', '.env\n');
    for (const command of commands) await world.gitIn(root, ...command);
    const tracked = { state: 'tracked', root, ignoreLine: null, detail: '' };
    expect(await world.git.standingOf(file)).toEqual(tracked);
    await rm(file);
    expect(await world.git.standingOf(file)).toEqual(tracked);
  });

  it('is not tracked any more when it has left the index', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    await world.gitIn(root, 'add', '.env');
    await world.gitIn(root, 'commit', '-q', '-m', 'Add it');
    await world.gitIn(root, 'rm', '-q', '--cached', '.env');
    expect(await stateOf(world, file)).toBe('not-ignored');
  });

  it('stands for itself, however its name looks to Git', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const names = [
      ':(top).env',
      '*.env',
      '[a].env',
      ':!x',
      '-f',
      '--',
      'ü ñ.env',
      'a\nb.env',
      '"q".env',
      ' ',
      '\\.env',
    ];
    await world.write('shop/a.env');
    for (const name of names) await world.write(`shop/${name}`);
    await world.gitIn(root, 'add', 'a.env');
    for (const name of names)
      expect([name, await stateOf(world, path.join(root, name))]).toEqual([name, 'not-ignored']);
    await world.gitIn(root, '--literal-pathspecs', 'add', '--', ...names);
    for (const name of names)
      expect([name, await stateOf(world, path.join(root, name))]).toEqual([name, 'tracked']);
  });

  it('is asked about also when the app was itself started by Git', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const other = await world.repository('other');
    const file = await world.write('shop/.env');
    await world.gitIn(root, 'add', '.env');
    vi.stubEnv('GIT_DIR', path.join(other, '.git'));
    vi.stubEnv('GIT_INDEX_FILE', path.join(other, 'nowhere'));
    expect(await world.git.standingOf(file)).toMatchObject({ state: 'tracked', root });
  });
});

describe('a link', () => {
  it('stands as the file does that it leads to, since only that gets the value', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const outside = await world.write('secrets/shop.env');
    const tracked = await world.write('shop/real.env');
    await symlink(outside, path.join(root, '.env'));
    await symlink('real.env', path.join(root, '.env.local'));
    await symlink(root, path.join(world.folder, 'by-link'));
    await world.gitIn(root, 'add', '-A');
    expect(await stateOf(world, path.join(root, '.env'))).toBe('no-repository');
    expect(await stateOf(world, path.join(root, '.env.local'))).toBe('tracked');
    expect(await world.git.standingOf(path.join(world.folder, 'by-link/real.env'))).toEqual(
      await world.git.standingOf(tracked),
    );
  });

  it('that leads to no file yet stands as the file will', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const link = path.join(world.folder, 'link.env');
    await symlink('shop/deep/later.env', link);
    expect(await world.git.standingOf(link)).toMatchObject({
      state: 'not-ignored',
      root,
      ignoreLine: '/deep/later.env',
    });
  });

  it('in a circle is not taken for safe', async () => {
    const world = await createGitWorld();
    await world.repository('shop');
    const a = path.join(world.folder, 'shop/a.env');
    await symlink('b.env', a);
    await symlink('a.env', path.join(world.folder, 'shop/b.env'));
    expect(await world.git.standingOf(a)).toMatchObject({ state: 'unknown' });
  });
});

describe('repositories of other kinds', () => {
  it('a work tree beside the first one has a standing of its own', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    await world.gitIn(root, 'commit', '-q', '--allow-empty', '-m', 'Begin');
    const beside = path.join(world.folder, 'beside');
    await world.gitIn(root, 'worktree', 'add', '-q', beside);
    await world.write('beside/.env');
    await world.gitIn(beside, 'add', '.env');
    expect(await world.git.standingOf(path.join(beside, '.env'))).toMatchObject({
      state: 'tracked',
      root: beside,
    });
    expect(await stateOf(world, path.join(root, '.env'))).toBe('not-ignored');
  });

  it('a submodule answers for its own files', async () => {
    const world = await createGitWorld();
    const library = await world.repository('library');
    await world.write('library/.env');
    await world.gitIn(library, 'add', '.');
    await world.gitIn(library, 'commit', '-q', '-m', 'Begin');
    const root = await world.repository('shop');
    await world.gitIn(
      root,
      '-c',
      'protocol.file.allow=always',
      'submodule',
      '--quiet',
      'add',
      library,
      'lib',
    );
    const inner = path.join(root, 'lib');
    expect(await world.git.standingOf(path.join(inner, '.env'))).toMatchObject({
      state: 'tracked',
      root: inner,
    });
    expect(await world.git.standingOf(path.join(inner, '.env.local'))).toMatchObject({
      state: 'not-ignored',
      root: inner,
      ignoreLine: '/.env.local',
    });
  });

  it('a file that an outer repository has tracked stays tracked when a repository is made around it', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/inner/.env');
    await world.gitIn(root, 'add', '.');
    await world.repository('shop/inner');
    expect(await world.git.standingOf(file)).toMatchObject({ state: 'tracked', root });
  });

  it('Git’s own folder is never committed, and a bare repository only by one around it', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    expect(await stateOf(world, path.join(root, '.git/hooks/.env'))).toBe('no-repository');
    await world.gitIn(world.folder, 'init', '-q', '--bare', 'alone.git');
    expect(await stateOf(world, path.join(world.folder, 'alone.git/.env'))).toBe('no-repository');
    await world.gitIn(root, 'init', '-q', '--bare', 'hub.git');
    expect(await world.git.standingOf(path.join(root, 'hub.git/hooks/.env'))).toMatchObject({
      state: 'not-ignored',
      root,
      ignoreLine: '/hub.git/hooks/.env',
    });
  });

  it('no repository is no repository, whether the folder is there or not', async () => {
    const world = await createGitWorld();
    const none = { state: 'no-repository', root: null, ignoreLine: null, detail: '' };
    expect(await world.git.standingOf(await world.write('plain/.env'))).toEqual(none);
    expect(await world.git.standingOf(path.join(world.folder, 'gone/.env'))).toEqual(none);
  });
});

describe('what cannot be told is unknown, with the reason', () => {
  it('where Git is not installed and there is a repository', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/deep/.env');
    const plain = await world.write('plain/.env');
    vi.stubEnv('PATH', world.home);
    expect(await world.git.standingOf(file)).toEqual({
      state: 'unknown',
      root,
      ignoreLine: null,
      detail: gitNotInstalled,
    });
    expect(await stateOf(world, plain)).toBe('no-repository');
  });

  it('where the repository belongs to someone else', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    const git = createGit({
      run: (where, args, options) =>
        world.run(where, args, {
          ...options,
          env: { ...options?.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' },
        }),
    });
    const standing = await git.standingOf(file);
    expect(standing).toMatchObject({ state: 'unknown', root });
    expect(standing.detail).toContain('safe.directory');
    expect(await git.ignore(file)).toMatchObject({ ok: false, error: { code: 'git-unavailable' } });
  });

  it('where the repository is broken', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    await rename(path.join(root, '.git/HEAD'), path.join(root, '.git/OLD'));
    expect(await world.git.standingOf(file)).toMatchObject({ state: 'unknown', root });
    const lost = await world.write('lost/.env');
    await writeFile(path.join(world.folder, 'lost/.git'), 'gitdir: /nowhere/at/all\n');
    expect(await stateOf(world, lost)).toBe('unknown');
    const torn = await world.repository('torn');
    await world.write('torn/.env');
    await world.gitIn(torn, 'add', '.');
    await writeFile(path.join(torn, '.git/index'), 'torn');
    expect(await stateOf(world, path.join(torn, '.env'))).toBe('unknown');
  });

  it('where the path is not a full one, and where the folder may not be read', async () => {
    const world = await createGitWorld();
    expect(await stateOf(world, '.env')).toBe('unknown');
    if (process.getuid?.() === 0) return;
    await world.repository('shop');
    const closed = path.join(world.folder, 'shop/closed');
    await mkdir(closed);
    await chmod(closed, 0);
    expect(await stateOf(world, path.join(closed, '.env'))).toBe('unknown');
    await chmod(closed, 0o700);
  });
});
