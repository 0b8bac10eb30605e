import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import type { ConnectionId } from '../../../shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { wish } from './app-world.ts';
import { runTheApp } from './running-app.ts';

describeOnLinux('the providers that the sandbox plays, in the whole app', () => {
  const running = runTheApp();

  async function finished(workId: string): Promise<void> {
    await eventually(async () => {
      const { works } = await running.app.call('work.list', {});
      expect(works.find((work) => work.id === workId)).toMatchObject({ finished: 'done' });
    });
  }

  /** Every key that the comparison shows as one to look at. */
  async function needingALook(id: ConnectionId) {
    const { keys } = await running.app.call('connections.compare', { id });
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
      const first = await running.app.call('connections.addSandbox', {});
      const connection = await running.app.call('connections.addSandbox', { providerId });
      const file = join(running.folder, '.env');
      const { keyId } = await running.app.call('keys.issue', {
        ...wish,
        connectionId: connection.id,
        name: 'shop',
        targets: [{ file, variables }],
        answers,
      });
      expect(await running.app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
      const before = parseEnv(await readFile(file, 'utf8'));

      await running.app.stop();
      await running.start();
      expect(await running.app.call('keys.check', { id: keyId })).toEqual({ outcome: 'valid' });
      const { workId, newKeyId } = await running.app.call('keys.rotate', { id: keyId, grace: 'now' });
      await finished(workId);
      expect(await running.app.call('keys.check', { id: newKeyId })).toEqual({ outcome: 'valid' });
      const after = parseEnv(await readFile(file, 'utf8'));
      for (const variable of Object.values(variables)) {
        expect(after[variable]?.length).toBeGreaterThan(10);
        expect(after[variable]).not.toBe(before[variable]);
      }
      expect(await running.app.call('keys.get', { id: keyId })).toMatchObject({ status: 'revoked' });

      await running.app.call('keys.revoke', { id: newKeyId, confirmName: 'shop' });
      expect(await running.app.call('keys.get', { id: newKeyId })).toMatchObject({ status: 'revoked' });
      expect(await needingALook(connection.id)).toEqual([]);
      expect(await running.app.call('connections.check', { id: first.id })).toMatchObject({ health: 'well' });
      expect(running.app.log.failures).toEqual([]);
    },
  );

  it.each(systems)(
    '%s: a key that was forgotten alive is a stray until it is revoked',
    async (providerId, _, answers) => {
      const connection = await running.app.call('connections.addSandbox', { providerId });
      const about = { ...wish, connectionId: connection.id, targets: [], answers };
      const { keyId } = await running.app.call('keys.issue', { ...about, name: 'forgotten' });
      const compared = await running.app.call('connections.compare', { id: connection.id });
      expect(compared.keys).toContainEqual(
        expect.objectContaining({ standing: 'in-step', keyId, name: 'forgotten' }),
      );
      await running.app.call('keys.delete', { id: keyId, atProvider: 'leave-alive' });
      const [stray, ...others] = await needingALook(connection.id);
      expect(others).toEqual([]);
      expect(stray).toMatchObject({ standing: 'stray', keyId: null, listed: { active: true } });
      const providerKeyId = stray?.listed?.providerKeyId ?? '';
      const revoke = (confirmName: string) =>
        running.app.ask('connections.revokeStray', { id: connection.id, providerKeyId, confirmName });
      expect(await revoke('something else')).toMatchObject({ error: { code: 'confirmation-needed' } });
      expect(await revoke(stray?.name ?? '')).toEqual({ ok: true, value: {} });
      expect(await needingALook(connection.id)).toEqual([]);
      expect(running.app.log.failures).toEqual([]);
    },
  );
});
