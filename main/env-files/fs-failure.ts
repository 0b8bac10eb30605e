/** The code of a failed file system call; undefined for any other error. */
export function errnoOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'You have no permission',
  EPERM: 'The system does not permit it',
  EROFS: 'The disk is read-only',
  ENOSPC: 'The disk is full',
  EDQUOT: 'Your disk quota is used up',
  EFBIG: 'The file would become too big for this disk',
  EIO: 'The disk reported an error',
  EMFILE: 'Too many files are open',
  ENFILE: 'Too many files are open',
  ELOOP: 'Its links lead in a circle',
  ENAMETOOLONG: 'Its name is too long',
  EBUSY: 'Another program is using it',
  ETXTBSY: 'Another program is using it',
  ESTALE: 'Its network drive is gone',
  ENXIO: 'It is not an ordinary file',
  ERR_INVALID_ARG_VALUE: 'Its name holds a character that no file name may hold',
};

/** What went wrong with a file, in words; the system's own code where there are none. */
export function reasonOf(error: unknown): string {
  const code = errnoOf(error);
  if (code !== undefined) return words[code] ?? `The system answered ${code}`;
  return 'An unknown error';
}
