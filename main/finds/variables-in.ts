import { variableNameSchema } from '../../shared/domain/key.ts';
import { type EnvDocument, printEnv } from '../env-files/document.ts';
import { decodeValue, printToken } from '../env-files/tokenise.ts';
import { Secret } from '../secrets/secret.ts';

/** One assignment in a file. */
export interface FoundVariable {
  readonly variable: string;
  readonly value: Secret;
  /** Counted from 1. */
  readonly line: number;
  /** The line as it stands there, which tells it from others in Git's history. */
  readonly text: Secret;
}

/** Every assignment in the order of the file; those whose names the vault cannot write are left out. */
export function variablesIn(document: EnvDocument): FoundVariable[] {
  const lines = Buffer.from(printEnv(document)).toString(document.encoding).split(lineEnd);
  let line = 1;
  return document.tokens.flatMap((token) => {
    const before = line;
    line += breaksIn(printToken(token));
    if (token.kind !== 'assignment' || !variableNameSchema.safeParse(token.name).success) return [];
    const at = before + breaksIn(token.prefix);
    const text = new Secret(lines[at - 1] ?? '');
    return [{ variable: token.name, value: new Secret(decodeValue(token.value)), line: at, text }];
  });
}

const lineEnd = /\r\n|\r|\n/;
const breaksIn = (text: string) => text.split(lineEnd).length - 1;
