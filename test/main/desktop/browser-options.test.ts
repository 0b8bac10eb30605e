import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { parseBrowserOptions } from '../../../main/desktop/browser/browser-options.ts';

it('takes any free port and the usual folder when told nothing', () => {
  expect(parseBrowserOptions([])).toEqual({
    ok: true,
    value: { port: 0, dataFolder: null, allowManyClients: false },
  });
});

it('takes what it is told', () => {
  expect(parseBrowserOptions(['--port=8123', '--data-dir=data', '--allow-many-clients'])).toEqual({
    ok: true,
    value: { port: 8123, dataFolder: resolve('data'), allowManyClients: true },
  });
  expect(parseBrowserOptions(['--port', '1', '--data-dir', '/data'])).toMatchObject({
    value: { port: 1, dataFolder: '/data' },
  });
});

it.each([
  ['--port=65536'],
  ['--port=-1'],
  ['--port=http'],
  ['--port='],
  ['--data-dir='],
  ['--prot=1'],
  ['folder'],
])('says what is wrong with %s', (arg) => {
  const outcome = parseBrowserOptions([arg]);
  expect(outcome).toMatchObject({ ok: false, error: expect.stringMatching(/port|data-dir|prot|folder/) });
});
