import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { projectFolders } from '../../../main/keys/project-folders.ts';

const folders: string[] = [];

/** A folder with these empty files in it, outside of any project. */
async function folderWith(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'projects-'));
  folders.push(folder);
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

it('takes the packages of one repository for one project', async () => {
  const folder = await folderWith('shop/.git/HEAD', 'shop/api/package.json', 'shop/web/package.json');
  const [api, web] = [join(folder, 'shop/api/.env'), join(folder, 'shop/web/src/.env')];
  const projectOf = await projectFolders([api, web]);
  expect([projectOf(api), projectOf(web)]).toEqual([join(folder, 'shop'), join(folder, 'shop')]);
});

it('takes a work tree of Git, whose .git is a file, for a project', async () => {
  const folder = await folderWith('tree/.git');
  const file = join(folder, 'tree/deep/.env');
  expect((await projectFolders([file]))(file)).toBe(join(folder, 'tree'));
});

it('goes up to the nearest list of packages outside of a repository, and else no further than the file’s folder', async () => {
  const folder = await folderWith('a/package.json', 'a/b/pyproject.toml', 'c/.env');
  const files = ['a/.env', 'a/b/c/.env', 'c/.env', 'gone/.env'].map((file) => join(folder, file));
  const projectOf = await projectFolders(files);
  expect(files.map(projectOf)).toEqual(['a', 'a/b', 'c', 'gone'].map((each) => join(folder, each)));
});
