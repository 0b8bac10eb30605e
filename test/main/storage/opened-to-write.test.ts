import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import { openedToWrite } from '../../../main/storage/opened-to-write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-stores-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A store over the real one, and how often that was opened. */
function world() {
  const opened: string[] = [];
  const open = confStores(folder);
  const store = openedToWrite(folder, (name) => {
    opened.push(name);
    return open(name);
  })('keys-00');
  return { store, opened };
}

const write = (text: string) => writeFileSync(join(folder, 'keys-00.json'), text);

test.each([
  ['an object', '{"version":1,"records":{"a":"b"}}'],
  ['text that is no JSON', '{"version":'],
  ['JSON that is no object', '[1]'],
  ['nothing', ''],
])('reads what the store itself reads, without opening it: %s', (_, text) => {
  write(text);
  const { store, opened } = world();
  const read = store.store;
  expect(opened).toEqual([]);
  expect({ ...read }).toEqual({ ...confStores(folder)('keys-00').store });
  expect(readFileSync(join(folder, 'keys-00.json'), 'utf8')).toBe(text);
});

test('reads a store that has no file as an empty one, and makes none', () => {
  const { store, opened } = world();
  expect([store.store, opened]).toEqual([{}, []]);
});

test('never takes a file that cannot be read for an empty one', () => {
  mkdirSync(join(folder, 'keys-00.json'));
  expect(() => world().store.store).toThrow('EISDIR');
});

test('opens the store once, at the first change, and reads through it from then on', () => {
  write('{"version":1}');
  const { store, opened } = world();
  store.store = { version: 2 };
  store.store = { version: 3 };
  expect(opened).toEqual(['keys-00']);
  expect({ ...store.store }).toEqual({ version: 3 });
  expect(readFileSync(store.path, 'utf8')).toBe('{"version":3}');
});
