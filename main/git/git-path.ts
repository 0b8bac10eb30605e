import fs from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import { errnoOf } from '../env-files/fs-failure.ts';

/** Where a path really is, as Git sees it. */
export interface GitPath {
  /** The folder to ask Git in: the nearest one above the file that is there, without links. */
  readonly folder: string;
  /** From there, with `/` between folders; it may lead through folders that are not there yet. */
  readonly rest: string;
}

const mostLinks = 40;

/**
 * Follows every link, to the file whose content a program would write: a link is committed as a link, whatever is in
 * the file that it points to. Neither the file nor its folders need be there. The failure is in words.
 */
export async function gitPathOf(file: string): Promise<Result<GitPath, string>> {
  if (!path.isAbsolute(file)) return fail('The path is not a full one');
  try {
    return await follow(path.normalize(file), mostLinks);
  } catch {
    return fail('Its folder could not be read');
  }
}

async function follow(at: string, linksLeft: number): Promise<Result<GitPath, string>> {
  if (linksLeft === 0) return fail('Its links lead in a circle');
  const parts: string[] = [];
  for (let above = at; ; above = path.dirname(above)) {
    const parent = path.dirname(above);
    if (parent === above) return ok({ folder: above, rest: parts.join('/') });
    parts.unshift(path.basename(above));
    const folder = await realFolder(parent);
    if (folder === null) continue;
    const [first = '', ...others] = parts;
    const target = await linkTarget(path.join(folder, first));
    if (target === null) return ok({ folder, rest: [await realName(folder, first), ...others].join('/') });
    return follow(path.join(path.resolve(folder, target), ...others), linksLeft - 1);
  }
}

/** The folder without links; null where there is none. */
async function realFolder(folder: string): Promise<string | null> {
  try {
    const real = await fs.realpath(folder);
    return (await fs.stat(real)).isDirectory() ? real : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Where a link points, as it is written; null for anything else, or nothing. */
async function linkTarget(place: string): Promise<string | null> {
  try {
    return (await fs.lstat(place)).isSymbolicLink() ? await fs.readlink(place) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The name as it is on the disk, where the system takes it in upper and lower case alike and Git does not. */
async function realName(folder: string, name: string): Promise<string> {
  try {
    return path.basename(await fs.realpath(path.join(folder, name)));
  } catch (error) {
    if (isMissing(error)) return name;
    throw error;
  }
}

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
