import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Looks up which project each of these files belongs to, by the project's folder. */
export type ProjectFolders = (files: readonly string[]) => Promise<(file: string) => string>;

/** What lies at the top of a project, the surest first. */
const marks = ['.git', 'package.json', 'pyproject.toml', 'go.mod', 'Cargo.toml', 'Gemfile', 'composer.json'];

/**
 * A project is the repository that a file lies in; outside of any, the nearest folder up with a list of packages, else the
 * file's own folder. A folder that cannot be looked into counts as one without marks.
 */
export const projectFolders: ProjectFolders = async (files) => {
  const looks = new Map<string, Promise<ReadonlySet<string>>>();
  const marksIn = (folder: string): Promise<ReadonlySet<string>> => {
    const look = looks.get(folder) ?? lookFor(folder);
    looks.set(folder, look);
    return look;
  };
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const found = await Promise.all(
    folders.map(async (folder) => [folder, await projectOf(folder, marksIn)] as const),
  );
  const projects = new Map(found);
  return (file) => projects.get(dirname(file)) ?? dirname(file);
};

async function projectOf(
  folder: string,
  marksIn: (folder: string) => Promise<ReadonlySet<string>>,
): Promise<string> {
  let nearest: string | null = null;
  for (let at = folder; ; at = dirname(at)) {
    const found = await marksIn(at);
    if (found.has('.git')) return at;
    if (found.size > 0) nearest ??= at;
    if (dirname(at) === at) return nearest ?? folder;
  }
}

async function lookFor(folder: string): Promise<ReadonlySet<string>> {
  const found = await Promise.all(marks.map((mark) => isThere(join(folder, mark))));
  return new Set(marks.filter((_, index) => found[index]));
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
