import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { lookalike } from '../../main/finds/finds-world.ts';
import { filesWith } from '../../support/files-with.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { type AppWorld, startWorld, wish } from '../app/app-world.ts';
import { describeOnLinux } from '../secrets/keychain.ts';

describeOnLinux('keys that lie in a folder', () => {
  let keyring: Keyring;
  let folder: string;
  let app: AppWorld;

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'keyturn-finds-'));
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'])
      vi.stubEnv(name, keyring.env[name]);
    app = await startWorld(path.join(folder, 'data'), keyring.env);
    await app.until('open');
  });
  afterEach(async () => {
    await app.stop();
    vi.unstubAllEnvs();
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    await rm(folder, { recursive: true, force: true });
  });

  const project = () => path.join(folder, 'projects');
  const search = () => app.call('finds.search', { folder: project() });

  async function write(name: string, text: string): Promise<string> {
    const file = path.join(project(), name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  }

  /** Issues a key into a file, and answers what it is there. */
  async function issueInto(connectionId: ConnectionId, name: string, file: string) {
    const targets = [{ file, variables: { API_KEY: 'SANDBOX_API_KEY' } }];
    const { keyId } = await app.call('keys.issue', {
      ...wish,
      connectionId,
      name,
      targets,
    });
    return { keyId, value: parseEnv(await readFile(file, 'utf8')).SANDBOX_API_KEY ?? '' };
  }

  it('are taken in with the files that hold them, not one of which is written to', async () => {
    const connection = await app.call('connections.addSandbox', {});
    const passing = await write('passing/.env', '');
    const { keyId, value } = await issueInto(connection.id, 'passing', passing);
    await app.call('keys.seal', { id: keyId });
    await app.call('keys.delete', { id: keyId, atProvider: 'leave-alive' });
    const texts = [`# shop\r\nSANDBOX_API_KEY='${value}'`, `export MY_KEY=${value} # the same\n`] as const;
    const one = await write('shop/.env', texts[0]);
    const other = await write('mail/.env.local', texts[1]);

    const { finds } = await search();
    const [find] = finds;
    expect(finds).toHaveLength(1);
    expect(find).toMatchObject({ by: 'both', known: null, lastFour: value.slice(-4) });
    expect(find?.places.map(({ file }) => file)).toEqual(expect.arrayContaining([one, other]));
    expect(find?.candidates[0]).toMatchObject({ providerId: 'sandbox', field: 'API_KEY', missing: [] });

    const adopted = await app.call('finds.adopt', {
      findId: find?.id ?? '',
      connectionId: connection.id,
      providerId: 'sandbox',
      name: 'Shop',
      follow: [one],
      policy: { everyDays: 90 },
    });
    const states = async () => (await app.call('keys.targetStates', { id: adopted.keyId })).targets;
    expect((await states()).map(({ state }) => state)).toEqual(['in-step']);

    // Found again, it is known, and the file that it does not know yet can be added.
    const again = (await search()).finds[0];
    expect(again?.known).toEqual({ id: adopted.keyId, name: 'Shop', followed: [one] });
    const followed = await app.call('finds.adopt', {
      findId: again?.id ?? '',
      connectionId: connection.id,
      providerId: 'sandbox',
      name: 'Shop',
      follow: [one, other],
      policy: { everyDays: 90 },
    });
    expect(followed).toEqual({ keyId: adopted.keyId, workId: null });
    expect((await states()).map(({ state }) => state)).toEqual(['in-step', 'in-step']);
    expect(await readFile(one, 'utf8')).toBe(texts[0]);
    expect(await readFile(other, 'utf8')).toBe(texts[1]);
    expect(app.log.failures).toEqual([]);
  });

  it('are told as old values once they are revoked, with the key that is to stand there now', async () => {
    const connection = await app.call('connections.addSandbox', {});
    const mine = await write('shop/.env', '');
    const { keyId, value } = await issueInto(connection.id, 'shop', mine);
    await app.call('keys.seal', { id: keyId });
    const left = await write('left/.env', `SANDBOX_API_KEY=${value}\n`);
    const { newKeyId } = await app.call('keys.replaceLeaked', {
      id: keyId,
      revokeFirst: false,
      confirmName: '',
      answers: {},
    });
    await vi.waitFor(async () => expect((await app.call('keys.get', { id: keyId })).status).toBe('revoked'), {
      timeout: 20_000,
    });
    const { finds } = await search();
    const old = finds.find(({ places }) => places[0]?.file === left);
    expect(old).toMatchObject({
      known: null,
      revoked: { name: 'shop', successor: { id: newKeyId, name: 'shop', field: 'API_KEY' } },
    });
  });

  it('are told without their values, to the page, to the log and to the disk', async () => {
    const connection = await app.call('connections.addSandbox', {});
    const mine = await write('known/.env', '');
    const { value } = await issueInto(connection.id, 'known', mine);
    const stray = lookalike.stripe(2);
    await write('stray/.env', `STRIPE_SECRET_KEY=${stray}\nOTHER=${value}\n`);
    await write('stray/.env.broken', `STRIPE_SECRET_KEY=${stray}\0\n`);
    const { finds, skipped } = await search();
    expect([finds.length, skipped.length]).toEqual([2, 1]);
    const find = finds.find(({ known }) => known === null);
    // The sandbox does not take it, and says so.
    await app.ask('finds.adopt', {
      findId: find?.id ?? '',
      connectionId: connection.id,
      providerId: 'sandbox',
      name: 'Stray',
      follow: [],
      policy: { everyDays: 90 },
    });
    await app.call('finds.forget', {});
    const told = [JSON.stringify(app.answers), JSON.stringify(app.feeds), JSON.stringify(app.log)];
    for (const secret of [value, stray]) {
      expect(secret.length).toBeGreaterThan(30);
      expect(told.filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(await filesWith(path.join(folder, 'data'), stray)).toEqual([]);
    expect(app.feeds.some(({ feed }) => feed === 'search.progress')).toBe(true);
  });

  it('are forgotten on request, by the next search and when the vault is locked', async () => {
    const stray = lookalike.stripe(1, 'test');
    await write('.env', `STRIPE_SECRET_KEY=${stray}\n`);
    const connection = await app.call('connections.addSandbox', {});
    const adopt = async (findId: string) => {
      const answer = await app.ask('finds.adopt', {
        findId,
        connectionId: connection.id,
        providerId: 'stripe',
        name: 'Stray',
        follow: [],
        policy: { everyDays: 90 },
      });
      return answer.ok ? 'taken in' : answer.error.code;
    };
    const idOf = async () => (await search()).finds[0]?.id ?? '';
    const first = await idOf();
    // It is there, and the connection is another provider's.
    expect(await adopt(first)).toBe('connection-unknown');
    const second = await idOf();
    expect(await adopt(first)).toBe('find-unknown');
    expect(await adopt(second)).toBe('connection-unknown');
    await app.call('finds.forget', {});
    expect(await adopt(second)).toBe('find-unknown');
    const third = await idOf();
    await app.call('vault.lock', {});
    expect(await adopt(third)).toBe('vault-closed');
    expect(await app.ask('finds.search', { folder })).toMatchObject({ error: { code: 'vault-closed' } });
    await app.call('vault.retry', {});
    await app.until('open');
    expect(await adopt(third)).toBe('find-unknown');
  });

  it('are searched for once at a time, and until the search is cancelled or the vault is locked', async () => {
    for (let number = 0; number < 300; number += 1)
      await write(`${number % 20}/${number}/.env`, `A=${number}\n`);
    const codeOf = (answer: { ok: boolean; error?: { code: string } }) =>
      answer.ok ? 'ok' : answer.error?.code;
    const running = app.ask('finds.search', { folder: project() });
    const beside = app.ask('finds.search', { folder: project() });
    await app.call('search.cancel', {});
    expect([codeOf(await running), codeOf(await beside)].toSorted()).toEqual(['ok', 'search-running']);
    const isStopped = ({ value }: { value?: unknown }) =>
      (value as { stoppedAfter?: number | null }).stoppedAfter !== null;
    expect(
      [await running, await beside].filter(({ ok }) => ok).map((each) => isStopped(each as never)),
    ).toEqual([true]);
    const locked = app.ask('finds.search', { folder: project() });
    await app.call('vault.lock', {});
    expect(['search-cancelled', 'vault-closed']).toContain(codeOf(await locked));
    expect(app.feeds.filter(({ feed }) => feed === 'search.progress').at(-1)?.state).toBeNull();
  });
});
