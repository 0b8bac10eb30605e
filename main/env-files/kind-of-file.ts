import path from 'node:path';
import type { FileInspection } from '../../shared/domain/env-file.ts';
import type { EnvDocument } from './document.ts';
import { isExampleName } from './env-file-names.ts';
import { printToken } from './tokenise.ts';

/**
 * What a file is by its name and its lines: an example that others get, something else than variables (no line is an
 * assignment, or only a few are, as happens in a program), or variables. An empty file may become any.
 */
export function kindOf(file: string, { tokens }: EnvDocument): FileInspection['kind'] {
  if (isExampleName(path.basename(file))) return 'example';
  let assignments = 0;
  let otherLines = 0;
  for (const token of tokens) {
    if (token.kind === 'assignment' && plainName.test(token.name)) assignments += 1;
    else otherLines += meaningfulLines(printToken(token));
  }
  return otherLines > assignments ? 'other' : 'variables';
}

/** `module.exports = x` is one to readers as well, and no variable to anybody. */
const plainName = /^\w+$/;

const meaningfulLines = (text: string): number =>
  text.split(/\r\n|[\r\n]/).filter((line) => /^\s*[^\s#\uFEFF]/.test(line)).length;
