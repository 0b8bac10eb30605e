import { describe, expect, it } from 'vitest';
import { dialectOf, tellingFiles } from '../../../main/env-files/project-signs.ts';
import type { Dialect } from '../../../shared/domain/env-file.ts';

const dialectFor = (texts: Record<string, string>, names: readonly string[] = Object.keys(texts)) =>
  dialectOf({ names, texts });
const packageWith = (dependencies: readonly string[], scripts: Record<string, string> = {}) => ({
  'package.json': JSON.stringify({
    scripts,
    dependencies: Object.fromEntries(dependencies.map((name) => [name, '1'])),
  }),
});
const nothing = { suggested: 'any', because: '' };

describe('The reader of a project', () => {
  it.each<[Dialect, string, Record<string, string>]>([
    ['next', 'next in package.json', packageWith(['next', 'react'])],
    ['next', 'next in package.json', packageWith(['next', 'vite'])],
    ['vite', 'vite in package.json', { 'package.json': '{"devDependencies":{"vite":"8"}}' }],
    ['dotenv-expand', 'dotenv-expand in package.json', packageWith(['dotenv', 'dotenv-expand'])],
    ['dotenv', 'dotenv in package.json', packageWith(['dotenv', 'express'])],
    ['dotenvx', 'dotenvx in package.json', packageWith([], { start: 'dotenvx run -- node x.js' })],
    ['node', 'node --env-file in package.json', packageWith([], { start: 'node --env-file=.env x.js' })],
    ['python', 'python-dotenv in requirements.txt', { 'requirements.txt': 'flask\npython-dotenv==1.2\n' }],
    ['python', 'python-dotenv in pyproject.toml', { 'pyproject.toml': 'dependencies = ["environs>=1"]\n' }],
    ['ruby', 'dotenv in Gemfile', { Gemfile: "gem 'dotenv-rails', groups: [:development]\n" }],
    ['foreman', 'foreman in Gemfile', { Gemfile: 'gem "foreman"\n' }],
    ['go', 'godotenv or gotenv in go.mod', { 'go.mod': 'require (\n\tgithub.com/joho/godotenv v1.5.1\n)\n' }],
    ['php', 'phpdotenv in composer.json', { 'composer.json': '{"require":{"laravel/framework":"^12"}}' }],
    ['symfony', 'Symfony in composer.json', { 'composer.json': '{"require":{"symfony/dotenv": "7"}}' }],
    ['rust', 'dotenvy in Cargo.toml', { 'Cargo.toml': '[dependencies]\ndotenvy = "0.15"\n' }],
    ['compose', 'env_file or a variable in compose.yaml', { 'compose.yaml': 'a:\n  env_file: .env\n' }],
    ['make', 'include in Makefile', { Makefile: '-include .env\nall:\n' }],
    ['direnv', 'dotenv in .envrc', { '.envrc': 'dotenv_if_exists .env\n' }],
  ])('%s, because of %s', (suggested, because, texts) => {
    expect(dialectFor(texts)).toEqual({ suggested, because });
    for (const file of Object.keys(texts)) expect(tellingFiles).toContain(file);
  });

  it('is Bun where only its lock file tells', () => {
    expect(dialectFor(packageWith(['hono']), ['package.json', 'bun.lock']).suggested).toBe('bun');
    expect(dialectFor(packageWith(['vite']), ['package.json', 'bun.lockb']).suggested).toBe('vite');
  });

  it.each<[string, Record<string, string>]>([
    ['nothing tells', {}],
    ['the package is someone else’s', packageWith(['react'])],
    ['the package cannot be read', { 'package.json': '{"dependencies": {' }],
    ['the package is no object', { 'package.json': '[null]' }],
    [
      'what is named is a comment',
      { 'requirements.txt': '# python-dotenv\n', 'compose.yml': '# env_file: x\n' },
    ],
    [
      'another module brings it along',
      { 'go.mod': 'require github.com/subosito/gotenv v1.6.0 // indirect\n' },
    ],
    ['two signs tell of different ones', packageWith(['vite', 'dotenv'])],
    ['two files tell of different ones', { ...packageWith(['next']), 'requirements.txt': 'python-dotenv\n' }],
  ])('is not guessed where %s', (_, texts) => {
    expect(dialectFor(texts)).toEqual(nothing);
  });
});
