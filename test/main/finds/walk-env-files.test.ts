import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isEnvFileName, isExampleName } from '../../../main/env-files/env-file-names.ts';
import { type WalkOptions, walkEnvFiles } from '../../../main/finds/walk-env-files.ts';
import { longestTurnMs } from '../../support/thread-time.ts';
import { createGitWorld, type GitWorld } from '../git/git-world.ts';

/** What is found, by the paths from the folder on. */
async function found(folder: string, options: Partial<WalkOptions> = {}) {
  const walked = await walkEnvFiles(folder, { signal: new AbortController().signal, ...options });
  if (!walked.ok) throw new Error(walked.error.code);
  const short = (file: string) => path.relative(folder, file);
  return {
    files: walked.value.files.map(short),
    skipped: walked.value.skipped.map(({ file, reason }) => ({ file: short(file), reason })),
  };
}

const writeAll = (world: GitWorld, names: readonly string[]) =>
  Promise.all(names.map((name) => world.write(`project/${name}`)));

describe('names', () => {
  it.each([
    '.env',
    '.env.local',
    '.env.production.local',
    'prod.env',
    '.envrc',
    '.envrc.local',
    '.env-staging',
    '.ENV',
    '.env_test',
    '.env.example',
    '.env.bak',
    '.flaskenv',
    '.dev.vars',
    '.dev.vars.staging',
  ])('%s holds variables', (name) => expect(isEnvFileName(name)).toBe(true));

  it.each([
    'env',
    'environment',
    '.environment',
    'my.environment',
    '.env.ts',
    'env.d.ts',
    '.env.json',
    '.env.yml',
    '.env~',
    '.env.gpg',
    `.env.keyturn-${'0'.repeat(16)}`,
    '.env.local.swp',
    'envfile',
    'dotenv',
    '.envoy',
  ])('%s does not', (name) => expect(isEnvFileName(name)).toBe(false));

  it.each(['.env.example', 'example.env', '.env.local.sample', '.env-template', '.env.dist'])(
    '%s shows which variables there are',
    (name) => expect(isExampleName(name)).toBe(true),
  );
  it.each(['.env', '.env.local', '.env.distribution', '.env.exampled'])(
    '%s does not only show names',
    (name) => expect(isExampleName(name)).toBe(false),
  );
});

describe('a folder is searched', () => {
  it('for the files that Git ignores, and not in the folders that it ignores', async () => {
    const world = await createGitWorld();
    const root = await world.repository('project');
    await world.write('project/.gitignore', '.env*\n/out/\ncache/\n!keep/cache/\n');
    await world.write('project/apps/.gitignore', '/generated/\n');
    await writeAll(world, [
      '.env',
      'apps/web/.env.local',
      'out/.env',
      'cache/.env',
      'deep/cache/.env',
      'keep/cache/.env',
      'apps/generated/.env',
      'generated/.env',
    ]);
    const { files, skipped } = await found(root);
    expect(files).toEqual(['.env', 'apps/web/.env.local', 'generated/.env', 'keep/cache/.env']);
    expect(skipped).toEqual([]);
  });

  it('and not in those that programs fill, by their names and by their marks', async () => {
    const world = await createGitWorld();
    await writeAll(world, [
      '.env',
      'node_modules/a/.env',
      'vendor/.env',
      'target/.env',
      '.venv/.env',
      'a/b/__pycache__/.env',
      'python/pyvenv.cfg',
      'python/.env',
      'cached/CACHEDIR.TAG',
      'cached/.env',
      'web/dist/.env',
      '.git/.env',
    ]);
    expect((await found(path.join(world.folder, 'project'))).files).toEqual(['.env']);
  });

  it('by the rules of the repository around it, unless they are against the folder itself', async () => {
    const world = await createGitWorld();
    await world.repository('project');
    await world.write('project/.gitignore', 'apps/*/out/\n/private/\n');
    await writeAll(world, ['apps/web/.env', 'apps/web/out/.env', 'private/deep/.env']);
    expect((await found(path.join(world.folder, 'project/apps'))).files).toEqual(['web/.env']);
    expect((await found(path.join(world.folder, 'project/private'))).files).toEqual(['deep/.env']);
  });

  it('into repositories inside it, also where the outer one ignores them, by their own rules', async () => {
    const world = await createGitWorld();
    await world.repository('project');
    await world.write('project/.gitignore', '/*/\nout/\n');
    await world.repository('project/shop');
    await writeAll(world, ['shop/.env', 'shop/out/.env', 'plain/.env']);
    expect((await found(path.join(world.folder, 'project'))).files).toEqual(['shop/.env', 'shop/out/.env']);
  });

  it('without leaving it or going in circles', async () => {
    const world = await createGitWorld();
    const [inside, secrets] = await Promise.all([
      world.write('project/.env.shared'),
      world.write('project/config/secrets'),
    ]);
    const outside = await world.write('elsewhere/.env');
    const project = path.join(world.folder, 'project');
    await mkdir(path.join(project, 'loop'));
    await symlink(project, path.join(project, 'loop/again'));
    await symlink('..', path.join(project, 'loop/up.env'));
    await symlink(path.dirname(outside), path.join(project, 'away'));
    await symlink(outside, path.join(project, 'away.env'));
    await symlink(inside, path.join(project, '.env'));
    await symlink(secrets, path.join(project, '.env.local'));
    await symlink('gone', path.join(project, '.env.gone'));
    expect(await found(project)).toEqual({
      files: ['.env.shared', 'config/secrets'],
      skipped: [{ file: 'away.env', reason: 'It is a link to a file outside of the folder' }],
    });
  });

  it('as deep and as far as it goes, and says where it stopped', async () => {
    const world = await createGitWorld();
    await writeAll(world, ['1/.env', '1/2/.env', '1/2/3/.env']);
    const project = path.join(world.folder, 'project');
    const deep = await found(project, { limits: { depth: 2 } });
    expect(deep.files).toEqual(['1/.env', '1/2/.env']);
    expect(deep.skipped).toEqual([{ file: '1/2/3', reason: 'It lies more than 2 folders deep' }]);
    const many = await found(project, { limits: { files: 2 } });
    expect(many.files).toHaveLength(2);
    expect(many.skipped).toEqual([
      { file: '', reason: 'There are more than 2 such files, and only so many were looked at' },
    ]);
  });

  it.skipIf(process.getuid?.() === 0)('past folders that may not be read, which are told', async () => {
    const world = await createGitWorld();
    await writeAll(world, ['.env', 'closed/.env']);
    const closed = path.join(world.folder, 'project/closed');
    await chmod(closed, 0);
    const { files, skipped } = await found(path.dirname(closed));
    await chmod(closed, 0o700);
    expect(files).toEqual(['.env']);
    expect(skipped).toEqual([{ file: 'closed', reason: 'You have no permission' }]);
  });

  it('only where it is a folder', async () => {
    const world = await createGitWorld();
    const file = await world.write('project/.env');
    const signal = new AbortController().signal;
    const codeFor = async (folder: string) => {
      const walked = await walkEnvFiles(folder, { signal });
      return walked.ok ? 'ok' : walked.error.code;
    };
    expect(await codeFor('project')).toBe('path-not-absolute');
    expect(await codeFor(path.join(world.folder, 'gone'))).toBe('folder-gone');
    expect(await codeFor(file)).toBe('folder-is-file');
  });
});

describe('a tree of 20,000 files', () => {
  it('is searched while other things go on, with progress, and until it is cancelled', async () => {
    const world = await createGitWorld();
    await world.repository('project');
    await world.write('project/.gitignore', 'ignored/\n.env\n');
    const names = Array.from({ length: 200 }, (_, folder) =>
      Array.from({ length: 100 }, (_, file) => {
        const place = folder % 10 === 0 ? `ignored/${folder}` : `${folder % 7}/${folder}`;
        return `${place}/${file === 50 ? '.env' : `file-${file}.ts`}`;
      }),
    );
    for (const folder of names) await writeAll(world, folder);
    const project = path.join(world.folder, 'project');

    const told: [number, number][] = [];
    const longest = await longestTurnMs(async () => {
      const all = await found(project, { progress: (looked, files) => told.push([looked, files]) });
      expect(all.files).toHaveLength(180);
    });
    expect(told.at(-1)).toEqual([18_001, 180]);
    expect(told.map(([looked]) => looked)).toEqual(told.map(([looked]) => looked).toSorted((a, b) => a - b));
    expect(longest).toBeLessThan(250);

    const controller = new AbortController();
    const cut = await found(project, {
      signal: controller.signal,
      progress: (looked) => {
        if (looked > 5000) controller.abort();
      },
    });
    expect(cut.files.length).toBeGreaterThan(0);
    expect(cut.files.length).toBeLessThan(150);
    await rm(project, { recursive: true });
  });
});
