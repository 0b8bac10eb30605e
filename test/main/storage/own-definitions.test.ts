import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { confStores } from '../../../main/storage/conf-store.ts';
import { allMigrations } from '../../../main/storage/migrations/all-migrations.ts';
import { unchanged } from '../../../main/storage/migrations/migration.ts';
import { openRecords } from '../../../main/storage/open-records.ts';
import type { DefinitionRecord } from '../../../shared/domain/definition-record.ts';
import { createMemoryRecords } from '../../fakes/memory-records.ts';
import { connectionRecord, dataKey } from './records-for-tests.ts';
import { newFolder, recordsIn, setAsideIn, unwrap } from './support.ts';

function definition(id: string, changes: Partial<DefinitionRecord> = {}): DefinitionRecord {
  const json = `{"hosts":{"api":{"kind":"fixed","url":"https://api.${id}.example"}},"id":"${id}"}`;
  return { id, json, addedAt: 1_000, file: `${id}.json`, ...changes };
}

describe.each([
  ['in memory', async () => createMemoryRecords()],
  ['on disk', async () => recordsIn(await newFolder())],
])('definitions %s', (_place, open) => {
  test('are there, are replaced, and are gone when removed', async () => {
    const { definitions } = await open();
    expect(definitions.all()).toEqual([]);
    unwrap(await definitions.put(definition('acme')));
    unwrap(await definitions.put(definition('mail-co')));
    unwrap(await definitions.put(definition('acme', { file: 'new.json' })));
    expect(definitions.get('acme')?.file).toBe('new.json');
    unwrap(await definitions.remove('acme'));
    expect(definitions.all()).toEqual([definition('mail-co')]);
  });

  test('are kept only as what they are', async () => {
    const { definitions } = await open();
    await expect(definitions.put(definition(''))).rejects.toThrow();
    expect(definitions.all()).toEqual([]);
  });
});

describe('definitions on disk', () => {
  const file = 'definitions.json';

  async function filled(): Promise<string> {
    const folder = await newFolder();
    const { definitions, connections } = await recordsIn(folder);
    unwrap(await connections.put(connectionRecord(1)));
    unwrap(await definitions.put(definition('acme')));
    unwrap(await definitions.put(definition('mail-co')));
    return folder;
  }

  async function alter(folder: string, change: (text: string) => string): Promise<void> {
    const before = await readFile(join(folder, file), 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    await writeFile(join(folder, file), after);
    await rm(join(folder, `${file}.bak`), { force: true });
  }

  test('are there again after a restart', async () => {
    const { definitions, setAside } = await recordsIn(await filled());
    expect(definitions.all()).toEqual([definition('acme'), definition('mail-co')]);
    expect(setAside).toEqual([]);
  });

  test('make no store in a vault that has none, and a vault from before there were any opens', async () => {
    const folder = await newFolder();
    unwrap(await (await recordsIn(folder)).connections.put(connectionRecord(1)));
    const { definitions, connections, setAside } = await recordsIn(folder);
    expect(definitions.all()).toEqual([]);
    expect(connections.all()).toHaveLength(1);
    expect(setAside).toEqual([]);
    expect(await readdir(folder)).not.toContain(file);
  });

  test('one whose host was changed is set aside and reported; it is not used, the others are', async () => {
    const folder = await filled();
    await alter(folder, (text) => text.replace('api.acme.example', 'api.evil.example'));
    const { definitions, connections, setAside } = await recordsIn(folder);
    expect(definitions.all()).toEqual([definition('mail-co')]);
    expect(connections.all()).toHaveLength(1);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
    expect(await readFile(setAside[0]?.file ?? '', 'utf8')).toContain('api.evil.example');
    expect((await recordsIn(folder)).setAside).toEqual([]);
  });

  test('one under the id of another is not taken for it', async () => {
    const folder = await filled();
    await alter(folder, (text) => {
      const content = JSON.parse(text);
      content.records = { acme: content.records['mail-co'], 'mail-co': content.records['mail-co'] };
      return JSON.stringify(content);
    });
    const { definitions, setAside } = await recordsIn(folder);
    expect(definitions.get('acme')).toBeUndefined();
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
  });

  test('half a file is set aside, and the rest of the vault works', async () => {
    const folder = await filled();
    await alter(folder, (text) => text.slice(0, text.length / 2));
    const { definitions, connections, setAside } = await recordsIn(folder);
    expect(definitions.all()).toEqual([]);
    expect(connections.all()).toHaveLength(1);
    expect(setAside.map(({ reason }) => reason)).toEqual(['unreadable']);
    expect(await setAsideIn(folder)).toHaveLength(1);
  });

  test('a connection cannot be passed off as a definition', async () => {
    const folder = await filled();
    const connections = JSON.parse(await readFile(join(folder, 'connections.json'), 'utf8'));
    await alter(folder, (text) =>
      JSON.stringify({ ...JSON.parse(text), seal: connections.seal, records: connections.records }),
    );
    const { definitions, setAside } = await recordsIn(folder);
    expect(definitions.all()).toEqual([]);
    expect(setAside.map(({ reason }) => reason)).toEqual(['altered']);
  });

  test('go through the migrations that speak of them', async () => {
    const folder = await filled();
    const renaming = {
      to: allMigrations.length + 1,
      key: unchanged,
      connection: unchanged,
      definition: (record: object) => ({ ...record, file: 'moved.json' }),
    };
    const { definitions } = await recordsIn(folder, [...allMigrations, renaming]);
    expect(definitions.all().map(({ file: name }) => name)).toEqual(['moved.json', 'moved.json']);
  });

  test('a crash in the middle of a write leaves nothing to be cleaned up by hand', async () => {
    const folder = await filled();
    await writeFile(join(folder, `${file}.tmp-1234567890abcdef`), 'half');
    await writeFile(join(folder, `${file}.bak.tmp`), 'half');
    const { definitions, setAside } = await recordsIn(folder);
    expect(definitions.all()).toHaveLength(2);
    expect(setAside).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
  });

  test('under the data key of another vault they are refused and left as they are', async () => {
    const folder = await newFolder();
    unwrap(await (await recordsIn(folder)).definitions.put(definition('acme')));
    const before = await readFile(join(folder, file), 'utf8');
    const other = new Uint8Array(32).fill(8);
    const opened = await openRecords({ folder, dataKey: other, openStore: confStores(folder) });
    expect(opened).toMatchObject({ ok: false, error: { code: 'storage-failed' } });
    expect(await readFile(join(folder, file), 'utf8')).toBe(before);
    expect(dataKey).not.toEqual(other);
  });
});
