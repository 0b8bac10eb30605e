import { expect, test } from 'vitest';
import { splitPath } from '../../../../renderer/screens/key/targets.tsx';
import { variableProblem } from '../../../../renderer/screens/key/write-to-env-dialog.tsx';

test.each([
  ['/srv/app/.env', '/srv/app/', '.env'],
  ['C:\\apps\\.env', 'C:\\apps\\', '.env'],
  ['.env', '', '.env'],
])('keeps the name of %s readable', (file, folder, name) => {
  expect(splitPath(file)).toEqual({ folder, name });
});

test.each([
  ['API_KEY', true],
  ['', true],
  ['_x9', true],
  ['9LIVES', false],
  ['API-KEY', false],
  ['ÄPI', false],
])('takes "%s" as a variable: %s', (name, isTaken) => {
  expect(variableProblem(name) === null).toBe(isTaken);
});
