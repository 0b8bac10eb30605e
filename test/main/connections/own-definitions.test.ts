import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failure } from '../../../shared/domain/failure.ts';
import { start } from '../../support/key-world.ts';
import { createConnectionWorld } from './connection-world.ts';
import { aDefinition } from './definition-for-tests.ts';

async function aWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'keyturn-definitions-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const world = createConnectionWorld();
  const file = join(folder, 'acme.json');
  const write = (content: unknown) =>
    writeFile(
      file,
      typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
    );
  await write(aDefinition());
  const { handlers } = world;
  const preview = (path = file) => handlers['providers.preview']({ file: path });
  async function digest(): Promise<string> {
    const previewed = await preview();
    if (!previewed.ok) throw new Error(JSON.stringify(previewed.error));
    return previewed.value.digest;
  }
  const addAs = (seen: string) => handlers['providers.addFromFile']({ file, digest: seen });
  return {
    ...world,
    folder,
    file,
    write,
    preview,
    digest,
    addAs,
    add: async () => addAs(await digest()),
    remove: (providerId = 'acme') => handlers['providers.remove']({ providerId }),
    connect: (name = 'Acme account') =>
      handlers['connections.add']({
        providerId: 'acme',
        name,
        environment: 'test',
        settings: { url: 'https://api.acme.example' },
        credential: { token: 'acme token' },
      }),
    own: () => world.records.definitions.all(),
    added: () => world.activity.entries.map(({ event, subject }) => `${event} ${subject}`),
  };
}

const sha256Of = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex');

describe('the preview of a definition', () => {
  it('tells what it would do, and adds nothing', async () => {
    const world = await aWorld();
    expect(await world.preview()).toMatchObject({
      ok: true,
      value: {
        id: 'acme',
        name: 'Acme',
        hosts: [{ name: 'api', address: 'https://api.acme.example' }],
        fields: [{ label: 'API key', variable: 'ACME_API_KEY', secret: true }],
        replaces: null,
        digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    expect(world.own()).toEqual([]);
    expect(world.activity.entries).toEqual([]);
    expect(world.catalog.opened).toEqual([]);
  });

  it('names what the definition would take the place of', async () => {
    const world = await aWorld();
    await world.add();
    expect(await world.preview()).toMatchObject({ value: { replaces: 'Own acme' } });
  });

  it.each(['example', 'sandbox', 'sandbox-mine'])(
    'refuses the id %s, which comes with the app',
    async (id) => {
      const world = await aWorld();
      await world.write(aDefinition({ id }));
      expect(await world.preview()).toMatchObject({ ok: false, error: { code: 'definition-taken', id } });
    },
  );

  it('says where the JSON goes wrong, by line and column', async () => {
    const world = await aWorld();
    await world.write('{\n  "format": 1,\n  "id" "acme"\n}');
    expect(await world.preview()).toEqual({
      ok: false,
      error: failure('definition-faulty', {
        file: world.file,
        faults: [{ at: '', message: 'line 3, column 8: a ":" is missing' }],
      }),
    });
  });

  it('tells every fault of the definition at its place', async () => {
    const world = await aWorld();
    await world.write({ ...aDefinition(), id: 'No Id', hosts: { api: { kind: 'fixed' } } });
    const previewed = await world.preview();
    const faults =
      !previewed.ok && previewed.error.code === 'definition-faulty' ? previewed.error.faults : [];
    expect(faults.map(({ at }) => at)).toEqual(['id', 'hosts.api.url']);
  });

  it('reads a file with a mark at its beginning', async () => {
    const world = await aWorld();
    await world.write(`\ufeff${JSON.stringify(aDefinition())}`);
    expect(await world.preview()).toMatchObject({ ok: true });
  });
});

describe('a file that is no definition', () => {
  it('is told by what is wrong with it', async () => {
    const world = await aWorld();
    const code = async (file?: string) => {
      const previewed = await world.preview(file);
      return previewed.ok ? 'ok' : previewed.error.code;
    };
    expect(await code('acme.json')).toBe('path-not-absolute');
    expect(await code(join(world.folder, 'gone.json'))).toBe('file-gone');
    expect(await code(join(world.file, 'below.json'))).toBe('file-gone');
    await mkdir(join(world.folder, 'folder'));
    expect(await code(join(world.folder, 'folder'))).toBe('file-is-folder');
    await world.write(Buffer.from([0x7b, 0xff, 0x7d]));
    expect(await code()).toBe('file-not-text');
    await world.write('');
    expect(await code()).toBe('definition-faulty');
  });

  it('is not read beyond what a definition needs', async () => {
    const world = await aWorld();
    const padded = (length: number) => JSON.stringify(aDefinition()).padEnd(length, ' ');
    await world.write(padded(256 * 1024));
    expect(await world.preview()).toMatchObject({ ok: true });
    await world.write(padded(256 * 1024 + 1));
    expect(await world.preview()).toEqual({
      ok: false,
      error: failure('file-too-big', { file: world.file, limitBytes: 256 * 1024 }),
    });
  });

  it.skipIf(process.platform === 'win32')('is not waited for when it is a pipe or has no end', async () => {
    const world = await aWorld();
    const pipe = join(world.folder, 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    expect(await world.preview(pipe)).toMatchObject({ error: { code: 'file-unreadable' } });
    expect(await world.preview('/dev/zero')).toMatchObject({ error: { code: 'file-unreadable' } });
  });

  it.skipIf(process.platform === 'win32')(
    'is found through a link, and not in a circle of links',
    async () => {
      const world = await aWorld();
      const link = join(world.folder, 'link.json');
      await symlink(world.file, link);
      expect(await world.preview(link)).toMatchObject({ ok: true });
      const circle = join(world.folder, 'circle.json');
      await symlink(circle, circle);
      expect(await world.preview(circle)).toMatchObject({ error: { code: 'file-unreadable' } });
    },
  );
});

describe('adding a definition', () => {
  it('keeps it in the vault and lists its provider', async () => {
    const world = await aWorld();
    expect(await world.add()).toMatchObject({ ok: true, value: { id: 'acme', source: 'file' } });
    const [record] = world.own();
    expect(record).toMatchObject({ id: 'acme', addedAt: start, file: 'acme.json' });
    expect(JSON.parse(record?.json ?? '')).toEqual(aDefinition());
    expect(world.added()).toEqual(['definition-added Acme']);
    const catalog = await world.handlers['providers.catalog']({});
    expect(catalog.ok && catalog.value.providers.map(({ id }) => id)).toContain('acme');
  });

  it('adds nothing but what was seen', async () => {
    const world = await aWorld();
    const seen = await world.digest();
    await world.write(aDefinition({ hosts: { api: { kind: 'fixed', url: 'https://elsewhere.example' } } }));
    expect(await world.addAs(seen)).toEqual({
      ok: false,
      error: failure('file-changed', { file: world.file }),
    });
    // A broken file has changed too.
    await world.write('{');
    expect(await world.addAs(seen)).toMatchObject({ error: { code: 'file-changed' } });
    expect(world.own()).toEqual([]);
    expect(world.added()).toEqual([]);
  });

  it('does not take the place of a definition that came with the app', async () => {
    const world = await aWorld();
    await world.write(aDefinition({ id: 'example' }));
    const refused = await world.handlers['providers.addFromFile']({
      file: world.file,
      digest: sha256Of(aDefinition({ id: 'example' })),
    });
    expect(refused).toEqual({
      ok: false,
      error: failure('definition-taken', { id: 'example', name: 'Example' }),
    });
    expect(world.own()).toEqual([]);
  });

  it('takes the place of one of the user’s own; a connection of it stays where it was pinned', async () => {
    const world = await aWorld();
    await world.add();
    const connected = await world.connect();
    await world.write(aDefinition({ hosts: { api: { kind: 'fixed', url: 'https://elsewhere.example' } } }));
    expect(await world.add()).toMatchObject({ ok: true });
    expect(world.own()).toHaveLength(1);
    const list = await world.handlers['connections.list']({});
    const view = list.ok ? list.value.connections.find(({ providerId }) => providerId === 'acme') : undefined;
    expect(view).toMatchObject({ origin: 'https://api.acme.example' });
    expect(connected.ok && connected.value.id).toBe(view?.id);
  });

  it('is taken back where it cannot be noted: what was there before is there again', async () => {
    const full = failure('storage-failed', { file: 'activity', reason: 'ENOSPC' });
    const world = await aWorld();
    world.fails('activity.add', full);
    expect(await world.add()).toEqual({ ok: false, error: full });
    expect(world.own()).toEqual([]);
    await world.add();
    const [before] = world.own();
    await world.write(aDefinition({ name: 'Other' }));
    world.fails('activity.add', full);
    expect(await world.add()).toEqual({ ok: false, error: full });
    expect(world.own()).toEqual([before]);
  });

  it('says that it could not be kept', async () => {
    const world = await aWorld();
    const full = failure('storage-failed', { file: 'definitions.json', reason: 'ENOSPC' });
    world.fails('definitions.put', full);
    expect(await world.add()).toEqual({ ok: false, error: full });
    expect(world.own()).toEqual([]);
    expect(world.added()).toEqual([]);
  });

  it('needs an open vault', async () => {
    const world = await aWorld();
    const seen = await world.digest();
    world.closeVault();
    const closed = { ok: false, error: failure('vault-closed') };
    expect(await world.preview()).toEqual(closed);
    expect(await world.addAs(seen)).toEqual(closed);
    expect(await world.remove()).toEqual(closed);
  });
});

describe('removing a definition', () => {
  it('forgets it', async () => {
    const world = await aWorld();
    await world.add();
    expect(await world.remove()).toEqual({ ok: true, value: {} });
    expect(world.own()).toEqual([]);
    expect(world.added()).toEqual(['definition-added Acme', 'definition-removed Own acme']);
  });

  it('is refused while a connection is described by it', async () => {
    const world = await aWorld();
    await world.add();
    const connected = await world.connect();
    expect(await world.remove()).toEqual({
      ok: false,
      error: failure('definition-in-use', { connections: 1 }),
    });
    expect(world.own()).toHaveLength(1);
    if (connected.ok) await world.handlers['connections.remove']({ id: connected.value.id });
    expect(await world.remove()).toEqual({ ok: true, value: {} });
  });

  it('waits for a connection that is just being made, and is refused then', async () => {
    const world = await aWorld();
    await world.add();
    const { promise, resolve } = Promise.withResolvers<void>();
    world.catalog.delayTrial(promise);
    const connecting = world.connect();
    const removing = world.remove();
    resolve();
    expect(await connecting).toMatchObject({ ok: true });
    expect(await removing).toMatchObject({ error: { code: 'definition-in-use' } });
  });

  it('is refused for what is no definition of the user’s own', async () => {
    const world = await aWorld();
    for (const providerId of ['example', 'nobody']) {
      expect(await world.remove(providerId)).toEqual({
        ok: false,
        error: failure('definition-unknown', { provider: providerId }),
      });
    }
  });

  it('is possible for one whose id a definition that came with the app has by now', async () => {
    const world = await aWorld();
    await world.records.definitions.put({ id: 'example', json: '{}', addedAt: 1, file: 'example.json' });
    expect(await world.remove('example')).toEqual({ ok: true, value: {} });
    expect(world.own()).toEqual([]);
    expect(world.connections()).toHaveLength(1);
  });
});

describe('a connection without a usable definition', () => {
  it('stays visible, cannot be called, and can be removed', async () => {
    const world = await aWorld();
    await world.add();
    const connected = await world.connect();
    if (!connected.ok) throw new Error(connected.error.code);
    const { id } = connected.value;
    await world.records.definitions.remove('acme');
    const list = await world.handlers['connections.list']({});
    expect(list.ok && list.value.connections.find((one) => one.id === id)).toMatchObject({
      name: 'Acme account',
      provider: { id: 'acme', name: 'acme', fields: [], operations: [] },
      dashboardUrl: null,
    });
    const unknown = { ok: false, error: failure('definition-unknown', { provider: 'acme' }) };
    const opened = world.catalog.opened.length;
    expect(await world.handlers['connections.check']({ id })).toEqual(unknown);
    expect(await world.handlers['connections.scopes']({ id })).toEqual(unknown);
    expect(await world.handlers['connections.compare']({ id, answers: {} })).toEqual(unknown);
    expect(await world.connect('another')).toEqual(unknown);
    expect(world.catalog.opened).toHaveLength(opened);
    expect(await world.handlers['connections.remove']({ id })).toEqual({ ok: true, value: {} });
  });
});
