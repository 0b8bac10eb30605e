import { expect, it } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { createMemoryEnvFiles } from '../../fakes/memory-env-files.ts';
import { promisesOfEnvFiles } from './env-files-contract.ts';

promisesOfEnvFiles('in memory', async () => {
  const envFiles = createMemoryEnvFiles();
  return {
    envFiles,
    folder: '/project',
    put: async (file, text) => void envFiles.files.set(file, text),
    textOf: async (file) => envFiles.files.get(file) ?? null,
  };
});

it('fails once when told to, for the file and the method that it was told', async () => {
  const envFiles = createMemoryEnvFiles({ '/a/.env': 'A=1\n', '/b/.env': 'A=1\n' });
  const refused = failure('file-unwritable', { file: '/b/.env', reason: 'The disk is full' });
  envFiles.failNext('preflight', refused, '/b/.env');
  expect(await envFiles.preflight('/a/.env', ['A'])).toMatchObject({ ok: true });
  expect(await envFiles.inspect('/b/.env', {})).toMatchObject({ ok: true });
  expect(await envFiles.preflight('/b/.env', ['A'])).toEqual({ ok: false, error: refused });
  expect(await envFiles.preflight('/b/.env', ['A'])).toMatchObject({ ok: true });
});

it('knows which folders there are when told', async () => {
  const envFiles = createMemoryEnvFiles();
  envFiles.folders = new Set(['/a']);
  expect(await envFiles.preflight('/a/.env', ['A'])).toMatchObject({ ok: true });
  expect(await envFiles.preflight('/b/.env', ['A'])).toMatchObject({ error: { code: 'folder-gone' } });
});
