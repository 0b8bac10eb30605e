import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ignoreLineOf } from '../../../main/git/ignore-line.ts';
import { createGitWorld, type GitWorld } from './git-world.ts';

/** A repository with this `.gitignore`, or none; and what a wish to have a file ignored came to. */
async function ignored(before: string | Buffer | null, name = '.env') {
  const world = await createGitWorld();
  const root = await world.repository('shop');
  const gitignore = path.join(root, '.gitignore');
  if (before !== null) await writeFile(gitignore, before);
  const file = await world.write(path.join('shop', name));
  const answer = await world.git.ignore(file);
  const after = await readFile(gitignore, 'latin1').catch(() => null);
  return { world, root, gitignore, file, answer, after };
}

/** Asks Git itself, and not the code that asks Git. */
async function saysIgnored({ gitIn }: GitWorld, root: string, name: string): Promise<boolean> {
  const listed = await gitIn(root, 'ls-files', '-z', '--others', '--exclude-standard');
  return !listed.split('\0').includes(name);
}

describe('the line in .gitignore', () => {
  it.each<[string, string | null, string]>([
    ['makes the file where there is none', null, '/.env\n'],
    ['is added to an empty file', '', '/.env\n'],
    ['is added after a last line with a line end', 'dist\n', 'dist\n/.env\n'],
    ['is not joined to a last line without one', 'dist', 'dist\n/.env\n'],
    ['is ended as the other lines are', 'dist\r\nout\r\n', 'dist\r\nout\r\n/.env\r\n'],
    ['is ended as the other lines are, the last of which has no end', 'a\r\nb', 'a\r\nb\r\n/.env\r\n'],
    ['leaves every byte that is no text', '\u00ff\u00fe x\n', '\u00ff\u00fe x\n/.env\n'],
    ['leaves blanks, comments and blank lines', '# c\n\n  a \\ \n\n', '# c\n\n  a \\ \n\n/.env\n'],
    ['comes after a line against it', '.env\n!.env\n', '.env\n!.env\n/.env\n'],
  ])('%s', async (_, before, expected) => {
    const bytes = before === null ? null : Buffer.from(before, 'latin1');
    const { world, root, gitignore, answer, after } = await ignored(bytes);
    expect(answer).toEqual({ ok: true, value: { gitignore, line: '/.env' } });
    expect(after).toBe(expected);
    expect(await saysIgnored(world, root, '.env')).toBe(true);
  });

  it('is added after a byte order mark', async () => {
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    const { world, root, after } = await ignored(mark);
    expect(after).toBe(`${mark.toString('latin1')}/.env\n`);
    expect(await saysIgnored(world, root, '.env')).toBe(true);
  });

  it('is for this one file, and names it from the top folder', async () => {
    const { world, root, after } = await ignored(null, 'apps/web/.env');
    expect(after).toBe('/apps/web/.env\n');
    await world.write('shop/.env');
    expect(await saysIgnored(world, root, 'apps/web/.env')).toBe(true);
    expect(await saysIgnored(world, root, '.env')).toBe(false);
  });

  it('can be read by everyone where the file is new, and keeps the mode where it is not', async () => {
    const fresh = await ignored(null);
    expect((await stat(fresh.gitignore)).mode & 0o777).toBe(0o644);
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const gitignore = await world.write('shop/.gitignore', 'a\n');
    await chmod(gitignore, 0o664);
    await world.git.ignore(path.join(root, '.env'));
    expect((await stat(gitignore)).mode & 0o777).toBe(0o664);
  });

  it('is added once, however often and for however many files at once it is asked for', async () => {
    const { world, root, gitignore, file } = await ignored(null);
    expect(await world.git.ignore(file)).toEqual({ ok: true, value: { gitignore, line: '' } });
    const names = ['a.env', 'b.env', 'c.env', 'a.env', 'b.env'];
    const answers = await Promise.all(names.map((name) => world.git.ignore(path.join(root, name))));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const lines = (await readFile(gitignore, 'utf8')).trimEnd().split('\n');
    expect(lines.toSorted()).toEqual(['/.env', '/a.env', '/b.env', '/c.env']);
  });
});

describe('a file that a line cannot help', () => {
  it('is told as tracked, and nothing is written', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    await world.gitIn(root, 'add', '.env');
    expect(await world.git.ignore(file)).toEqual({ ok: false, error: { code: 'file-tracked', file } });
    expect(await world.gitIn(root, 'status', '--porcelain', '-uall')).toBe('A  .env\n');
  });

  it('is told by the rule that overrules it, and the .gitignore is as it was', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/sub/.env');
    await world.write('shop/sub/.gitignore', '# ours\n!.env\n');
    const gitignore = path.join(root, '.gitignore');
    const refused = {
      ok: false,
      error: {
        code: 'file-unwritable',
        file: gitignore,
        reason: 'A line there is overruled by “!.env” in sub/.gitignore, line 2',
      },
    };
    expect(await world.git.ignore(file)).toEqual(refused);
    await expect(stat(gitignore)).rejects.toThrow('ENOENT');
    await writeFile(gitignore, 'dist');
    expect(await world.git.ignore(file)).toEqual(refused);
    expect(await readFile(gitignore, 'utf8')).toBe('dist');
  });

  it('is told where Git does not follow the .gitignore, and the file that it leads to is as it was', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    const rules = await world.write('rules', 'dist\n');
    await symlink(rules, path.join(root, '.gitignore'));
    expect(await world.git.ignore(file)).toMatchObject({ ok: false, error: { code: 'file-unwritable' } });
    expect(await readFile(rules, 'utf8')).toBe('dist\n');
  });

  it('is told where there is no repository, or no full path', async () => {
    const world = await createGitWorld();
    const file = await world.write('plain/.env');
    expect(await world.git.ignore(file)).toEqual({
      ok: false,
      error: { code: 'not-a-repository', folder: path.dirname(file) },
    });
    expect(await world.git.ignore('.env')).toMatchObject({ ok: false, error: { code: 'path-not-absolute' } });
  });
});

describe('odd names', () => {
  const special = [' ', '#', '!', '*', '?', '[', ']', '\\', '^', '-', 'a', '.', '\t', ':', '"', 'é', '😀'];
  const part = fc
    .array(fc.constantFrom(...special), { minLength: 1, maxLength: 6 })
    .map((characters) => characters.join(''))
    .filter((name) => name !== '.' && name !== '..');
  const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
  // A file cannot be a folder for another one.
  const isFile = (one: string, all: readonly string[]) => all.every((other) => !other.startsWith(`${one}/`));
  const names = fc
    .uniqueArray(name, { minLength: 16, maxLength: 16 })
    .map((all) => all.filter((one) => isFile(one, all)));

  it('are ignored by their line, as Git itself says, and no other file is', async () => {
    await fc.assert(
      fc.asyncProperty(names, async (all) => {
        const world = await createGitWorld();
        const root = await world.repository('shop');
        for (const one of all) await world.write(path.join('shop', one));
        const chosen = all.slice(0, 5);
        for (const one of chosen)
          expect(await world.git.ignore(path.join(root, one))).toMatchObject({
            ok: true,
            value: { line: ignoreLineOf(one) },
          });
        const listed = await world.gitIn(root, 'ls-files', '-z', '--others', '--exclude-standard');
        const left = [...all.slice(5), '.gitignore', ''];
        expect(listed.split('\0').toSorted()).toEqual(left.toSorted());
      }),
      { numRuns: 8 },
    );
  });

  it.each(['a\nb.env', 'a\rb.env', 'end\r', 'end\n', '\n'])(
    'with line ends are ignored too: %j',
    async (odd) => {
      const { world, root, answer } = await ignored(null, odd);
      expect(answer).toMatchObject({ ok: true });
      expect(await saysIgnored(world, root, odd)).toBe(true);
    },
  );
});
