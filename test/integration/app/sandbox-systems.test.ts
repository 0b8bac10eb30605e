import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { type AppWorld, startWorld, wish } from './app-world.ts';

describeOnLinux('the providers that the sandbox plays, in the whole app', () => {
  let keyring: Keyring;
  let folder: string;
  let app: AppWorld;

  beforeAll(async () => {
    keyring = await startKeyring({ unlock: true });
  });
  afterAll(() => keyring.stop());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-app-'));
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS']) {
      vi.stubEnv(name, keyring.env[name]);
    }
    await start();
  });
  afterEach(async () => {
    await app.stop();
    vi.unstubAllEnvs();
    await keyring.secretTool(['clear', 'service', 'keyturn']);
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    app = await startWorld(join(folder, 'data'), keyring.env);
    await app.until('open');
  }

  async function finished(workId: string): Promise<void> {
    await vi.waitFor(
      async () => {
        const { works } = await app.call('work.list', {});
        expect(works.find((work) => work.id === workId)).toMatchObject({ finished: 'done' });
      },
      { timeout: 10_000 },
    );
  }

  /** Every key that the comparison shows as one to look at. */
  async function needingALook(id: ConnectionId) {
    const { keys } = await app.call('connections.compare', { id });
    return keys.filter(({ standing }) => standing === 'stray' || standing === 'vanished');
  }

  const systems = [
    ['sandbox-resmic', { API_KEY: 'RESMIC_API_KEY', USER_ID: 'RESMIC_USER_ID' }, { start: 'trial' }],
    [
      'sandbox-coinbarpay',
      { SERVICE_CLIENT_ID: 'SERVICE_CLIENT_ID', SERVICE_SECRET_KEY: 'SERVICE_SECRET_KEY' },
      {},
    ],
    ['sandbox-paygentic', { API_KEY: 'PAYGENTIC_API_KEY' }, {}],
    ['sandbox-channex', { API_KEY: 'CHANNEX_API_KEY' }, { start: 'subscription' }],
  ] as const;

  it.each(systems)(
    '%s: from one click to a rotated and revoked key, over a restart',
    async (providerId, variables, answers) => {
      // The first connection to the sandbox has to outlive the others.
      const first = await app.call('connections.addSandbox', {});
      const connection = await app.call('connections.addSandbox', { providerId });
      const file = join(folder, '.env');
      const { keyId } = await app.call('keys.issue', {
        ...wish,
        connectionId: connection.id,
        name: 'shop',
        targets: [{ file, variables }],
        answers,
      });
      expect(await app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
      const before = parseEnv(await readFile(file, 'utf8'));

      await app.stop();
      await start();
      expect(await app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
      const { workId, newKeyId } = await app.call('keys.rotate', { id: keyId, grace: 'now' });
      await finished(workId);
      expect(await app.call('keys.check', { id: newKeyId })).toEqual({ outcome: 'valid' });
      const after = parseEnv(await readFile(file, 'utf8'));
      for (const variable of Object.values(variables)) {
        expect(after[variable]?.length).toBeGreaterThan(10);
        expect(after[variable]).not.toBe(before[variable]);
      }
      expect(await app.call('keys.get', { id: keyId })).toMatchObject({ status: 'revoked' });

      await app.call('keys.revoke', { id: newKeyId, confirmName: 'shop' });
      expect(await app.call('keys.get', { id: newKeyId })).toMatchObject({ status: 'revoked' });
      expect(await needingALook(connection.id)).toEqual([]);
      expect(await app.call('connections.check', { id: first.id })).toMatchObject({ health: 'well' });
      expect(app.log.failures).toEqual([]);
    },
  );

  it.each(systems)(
    '%s: a key that was forgotten alive is a stray until it is revoked',
    async (providerId, _, answers) => {
      const connection = await app.call('connections.addSandbox', { providerId });
      const about = { ...wish, connectionId: connection.id, targets: [], answers };
      const { keyId } = await app.call('keys.issue', { ...about, name: 'forgotten' });
      const compared = await app.call('connections.compare', { id: connection.id });
      expect(compared.keys).toContainEqual(
        expect.objectContaining({ standing: 'in-step', keyId, name: 'forgotten' }),
      );
      await app.call('keys.delete', { id: keyId, atProvider: 'leave-alive' });
      const [stray, ...others] = await needingALook(connection.id);
      expect(others).toEqual([]);
      expect(stray).toMatchObject({ standing: 'stray', keyId: null, listed: { active: true } });
      const providerKeyId = stray?.listed?.providerKeyId ?? '';
      const revoke = (confirmName: string) =>
        app.ask('connections.revokeStray', { id: connection.id, providerKeyId, confirmName });
      expect(await revoke('something else')).toMatchObject({ error: { code: 'confirmation-needed' } });
      expect(await revoke(stray?.name ?? '')).toEqual({ ok: true, value: {} });
      expect(await needingALook(connection.id)).toEqual([]);
      expect(app.log.failures).toEqual([]);
    },
  );
});
