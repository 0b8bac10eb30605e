import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** One file of the built page. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
}

/** The built page by the path of a URL. What is not in it does not exist, whatever a path looks like. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Reads the built page into memory; `/` is its `index.html`. Files of other types are left out.
 * Throws when there is no `index.html`.
 */
export function readPageFiles(folder: string): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${file.slice(folder.length).split(sep).filter(Boolean).join('/')}`;
    files.set(path, { type, body: readFileSync(file) });
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error('The page has no index.html');
  return files.set('/', index);
}
