import { expect, test } from 'vitest';
import { splitPath } from '../../../../renderer/screens/key/split-path.ts';

test.each([
  ['/srv/app/.env', '/srv/app/', '.env'],
  ['C:\\apps\\.env', 'C:\\apps\\', '.env'],
  ['.env', '', '.env'],
])('keeps the name of %s readable', (file, folder, name) => {
  expect(splitPath(file)).toEqual({ folder, name });
});
