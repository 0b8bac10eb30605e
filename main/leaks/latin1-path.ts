import { sep } from 'node:path';

/** A folder's path to which paths below it can be added, in Latin-1: one character for each byte. */
export function latin1Root(root: string): string {
  return Buffer.from(root.endsWith(sep) ? root : root + sep).toString('latin1');
}

/** A path in Latin-1 as the system takes it. */
export const bytesOfPath = (path: string): Buffer => Buffer.from(path, 'latin1');

/** A path in Latin-1 as it is shown. */
export const readablePath = (path: string): string => bytesOfPath(path).toString('utf8');
