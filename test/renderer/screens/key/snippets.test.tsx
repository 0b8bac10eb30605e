import { expect, test } from 'vitest';
import { snippetsOf } from '../../../../renderer/screens/key/snippets.ts';
import { splitPath } from '../../../../renderer/screens/key/targets.tsx';
import { variableProblem } from '../../../../renderer/screens/key/write-to-env-dialog.tsx';
import { keyDetail, keyRow, targetId } from '../../support/fake-bridge.ts';

const detail = keyDetail(keyRow(1, { targets: 0, provider: 'Postmark', lastFour: 'zq9x' }));

test('names the variable of the file that holds the key, and the usual one where none does', () => {
  const named = keyDetail(keyRow(1), {
    targets: [{ id: targetId(1), file: '/srv/.env', variables: { key: 'MAIL_TOKEN' } }],
  });
  for (const { code } of snippetsOf(named)) expect(code).toContain('MAIL_TOKEN');
  for (const { code } of snippetsOf(detail)) expect(code).toContain('POSTMARK_API_KEY');
});

test('never shows any part of the value', () => {
  for (const { code } of snippetsOf(detail)) expect(code).not.toContain('zq9x');
});

test('sends a key of two fields as a user name and a password', () => {
  const fields = ['USER', 'PASS'].map((name) => ({
    name,
    label: name,
    secret: true,
    lastFour: '',
    variable: name,
  }));
  const [curl] = snippetsOf(keyDetail(keyRow(1, { targets: 0 }), { fields }));
  expect(curl?.code).toContain('-u "$USER:$PASS"');
});

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
