import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';

/** The variable as npm `dotenv` reads it from the file. */
export function readWithDotenv(file: string, variable: string): string | undefined {
  return parse(readFileSync(file))[variable];
}

/** The variable as a program sees it that is started with `node --env-file`. */
export function readWithNode(file: string, variable: string): string | undefined {
  const script = `process.stdout.write(JSON.stringify(process.env[${JSON.stringify(variable)}] ?? null))`;
  const printed = execFileSync(process.execPath, [`--env-file=${file}`, '-e', script], {
    env: { PATH: process.env.PATH ?? '' },
    encoding: 'utf8',
  });
  return (JSON.parse(printed) as string | null) ?? undefined;
}
