import { chmod, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { filesHandlers, type KeysInFile } from '../../../main/files/files.handlers.ts';
import { fileInspectionSchema, type VariableHolder } from '../../../shared/domain/env-file.ts';
import { createIds } from '../../../shared/domain/ids.ts';
import { ok } from '../../../shared/result.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createGitWorld } from '../git/git-world.ts';

const ids = createIds((count) => new Uint8Array(count));

async function aWorld() {
  const world = await createGitWorld();
  const desktop = createMemoryDesktop();
  const keysIn: { answer: KeysInFile | null; asked: unknown[] } = { answer: null, asked: [] };
  const handlers = filesHandlers({
    envFiles: createDiskEnvFiles(),
    keysIn: async (...asked) => {
      keysIn.asked.push(asked);
      return keysIn.answer;
    },
    git: world.git,
    desktop,
  });
  return { ...world, desktop, handlers, keysIn };
}

it('asks for a file or a folder with the desktop’s own dialog, and says where there is none', async () => {
  const { handlers, desktop } = await aWorld();
  const title = { title: 'Write to' };
  expect(await handlers['files.choose'](title)).toEqual(ok({ outcome: 'unavailable' }));
  expect(await handlers['files.chooseFolder'](title)).toEqual(ok({ outcome: 'unavailable' }));
  desktop.behaviour.choice = { outcome: 'chosen', file: '/projects/shop/.env' };
  desktop.behaviour.folderChoice = { outcome: 'chosen', file: '/projects' };
  expect(await handlers['files.choose'](title)).toEqual(ok(desktop.behaviour.choice));
  expect(await handlers['files.chooseFolder'](title)).toEqual(ok(desktop.behaviour.folderChoice));
});

it('names the variables of a file and how it stands with Git, and none of its values', async () => {
  const { handlers, repository, write } = await aWorld();
  const root = await repository('shop');
  const file = await write('shop/.env', 'API_KEY=hidden-value\n');
  const inspected = await handlers['files.inspect']({
    file,
    fields: { API_KEY: 'SHOP_API_KEY' },
    keyId: null,
  });
  expect(inspected).toMatchObject({
    ok: true,
    value: {
      exists: true,
      variables: ['API_KEY'],
      git: { state: 'not-ignored', root, ignoreLine: '/.env' },
    },
  });
  expect(inspected.ok && fileInspectionSchema.parse(inspected.value)).toBeTruthy();
  expect(JSON.stringify(inspected)).not.toContain('hidden-value');
});

it('says why a file cannot be inspected, whatever Git says of it', async () => {
  const { handlers, folder } = await aWorld();
  const gone = path.join(folder, 'gone/.env');
  expect(await handlers['files.inspect']({ file: gone, fields: {}, keyId: null })).toMatchObject({
    ok: false,
    error: { code: 'folder-gone' },
  });
});

it('has Git ignore a file, and then says so', async () => {
  const { handlers, repository, write } = await aWorld();
  const root = await repository('shop');
  const file = await write('shop/.env');
  await writeFile(path.join(root, '.gitignore'), 'dist\n');
  expect(await handlers['files.ignore']({ file })).toEqual(
    ok({ gitignore: path.join(root, '.gitignore'), line: '/.env' }),
  );
  expect(await handlers['files.inspect']({ file, fields: {}, keyId: null })).toMatchObject({
    ok: true,
    value: { git: { state: 'ignored', ignoreLine: null } },
  });
});

it('knows a file by what was typed for it, whether it can be written, and what it is', async () => {
  const { handlers, write } = await aWorld();
  const file = await write('shop/.env.example', 'API_KEY=\n');
  await chmod(file, 0o400);
  const typed = ` "${path.dirname(file)}/./.env.example" `;
  expect(await handlers['files.inspect']({ file: typed, fields: {}, keyId: null })).toMatchObject({
    ok: true,
    value: { file, unwritable: 'It is marked read-only', kind: 'example' },
  });
});

it('says which variables other keys have, and proposes none of them', async () => {
  const { handlers, write, keysIn } = await aWorld();
  const file = await write('shop/.env', 'SHOP_API_KEY=theirs\nOTHER=1\n');
  const holder: VariableHolder = { keyId: ids.key(), name: 'Shop', holds: true };
  keysIn.answer = {
    holderOf: (variable, value) =>
      variable === 'SHOP_API_KEY' && value?.reveal() === 'theirs' ? holder : null,
    followed: new Map([['GONE', { ...holder, holds: false }]]),
    own: [{ API_KEY: 'OTHER' }],
  };
  const fields = { API_KEY: 'SHOP_API_KEY' };
  expect(await handlers['files.inspect']({ file, fields, keyId: holder.keyId })).toMatchObject({
    ok: true,
    value: {
      held: { SHOP_API_KEY: holder, GONE: { ...holder, holds: false } },
      proposals: { API_KEY: 'SHOP_API_KEY_2' },
      own: [{ API_KEY: 'OTHER' }],
    },
  });
  expect(keysIn.asked).toEqual([[[file, await realpath(file)], holder.keyId]]);
});
