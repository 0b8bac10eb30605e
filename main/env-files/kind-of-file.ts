import path from 'node:path';
import type { FileInspection } from '../../shared/domain/env-file.ts';
import { type EnvDocument, valuesOf } from './document.ts';
import { isExampleName } from './env-file-names.ts';

/**
 * What a file is by its name and its lines: an example that others get, something else than variables (no line is an
 * assignment, or only a few are, as happens in a program), or variables. An empty file may become any.
 */
export function kindOf(file: string, document: EnvDocument): FileInspection['kind'] {
  if (isExampleName(path.basename(file))) return 'example';
  let otherLines = 0;
  for (const token of document.tokens) if (token.kind === 'other') otherLines += meaningfulLines(token.text);
  return otherLines > valuesOf(document).size ? 'other' : 'variables';
}

const meaningfulLines = (text: string): number =>
  text.split(/\r\n|[\r\n]/).filter((line) => /^\s*[^\s#\uFEFF]/.test(line)).length;
