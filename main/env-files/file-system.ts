import fs from 'node:fs/promises';

/** The calls to the file system that `.env` files need: Node's own, handed in so that a test can make them fail. */
export type FileSystem = Pick<
  typeof fs,
  'access' | 'lstat' | 'open' | 'readdir' | 'readlink' | 'realpath' | 'rename' | 'stat' | 'unlink'
>;

/** The real file system. */
export const realFileSystem: FileSystem = fs;
