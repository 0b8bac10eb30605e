import type { FileInspection } from '../../shared/domain/env-file.ts';

/** What lies in the folder of a file: the names of all, and the text of those in `tellingFiles` that are there. */
export interface ProjectSigns {
  readonly names: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
}

/** The files whose text tells which program reads `.env`. */
export const tellingFiles: readonly string[] = [
  'package.json',
  'deno.json',
  'deno.jsonc',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'Gemfile',
  'go.mod',
  'composer.json',
  'Cargo.toml',
  'compose.yaml',
  'compose.yml',
  'docker-compose.yml',
  'docker-compose.yaml',
  'Procfile',
  'Makefile',
  '.envrc',
];

/** The reader that these signs tell of; `any` with '' where nothing tells, or two signs tell of different ones. */
export function dialectOf(_signs: ProjectSigns): FileInspection['dialect'] {
  return { suggested: 'any', because: '' };
}
