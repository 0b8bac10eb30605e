import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forkKeychainWorker } from '../../../main/secrets/fork-keychain-worker.ts';
import type { KeychainMessage, KeychainWorker } from '../../../main/secrets/keychain-protocol.ts';
import { type SealedApp, startSealed, wish } from '../../main/vault/damage-world.ts';
import { eventually } from '../../support/eventually.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { describeOnLinux } from './keychain.ts';

const workerFile = join(import.meta.dirname, '../../../main/secrets/keychain-worker.ts');

/** What can happen to a keychain, and how it is put right. */
interface Trouble {
  harm(keyring: Keyring, gate: { denying: boolean }): Promise<void>;
  heal(keyring: Keyring, gate: { denying: boolean }): Promise<void>;
  /** What the work says meanwhile; null where it goes on by itself. */
  readonly said: RegExp | null;
}

const keyrings = (keyring: Keyring): string => join(keyring.home, '.local/share/keyrings');

const troubles: Record<string, Trouble> = {
  absent: {
    harm: (keyring) => keyring.killDaemon(),
    heal: (keyring) => keyring.restartDaemon({ unlock: true }),
    said: /keychain-absent/,
  },
  locked: {
    harm: (keyring) => keyring.lock(),
    heal: (keyring) => keyring.restartDaemon({ unlock: true }),
    said: /keychain-locked/,
  },
  denied: {
    // No keyring of Linux says so; the words are those of the other systems.
    async harm(_, gate) {
      gate.denying = true;
    },
    async heal(_, gate) {
      gate.denying = false;
    },
    said: /keychain-denied/,
  },
  foreign: {
    // A home that was restored without its keyring.
    async harm(keyring) {
      await keyring.killDaemon();
      await rename(keyrings(keyring), `${keyrings(keyring)}.own`);
      await keyring.restartDaemon({ unlock: true });
    },
    async heal(keyring) {
      await keyring.killDaemon();
      await rm(keyrings(keyring), { recursive: true });
      await rename(`${keyrings(keyring)}.own`, keyrings(keyring));
      await keyring.restartDaemon({ unlock: true });
    },
    said: /keychain-foreign/,
  },
  slow: {
    async harm(keyring) {
      await keyring.pause();
      setTimeout(() => void keyring.resume(), 2_000);
    },
    heal: (keyring) => keyring.resume(),
    said: null,
  },
  dying: {
    harm: (keyring) => keyring.restartDaemon({ unlock: false }),
    heal: (keyring) => keyring.restartDaemon({ unlock: true }),
    said: /keychain-(locked|absent)/,
  },
};

describeOnLinux('A rotation whose keychain, in the middle of it, is', () => {
  let keyring: Keyring;
  let folder: string;
  let app: SealedApp;
  let gate: { denying: boolean };
  let afterAnswer: () => Promise<void>;

  async function begin(provider: boolean): Promise<void> {
    keyring = await startKeyring({ unlock: true, provider });
    for (const name of ['HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'])
      vi.stubEnv(name, keyring.env[name]);
    app = await startSealed(join(folder, 'data'), {
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        await afterAnswer();
        return answer;
      },
      launchKeychainWorker: () => denyingAt(gate, forkKeychainWorker(workerFile, keyring.env)()),
    });
    await eventually(async () => expect((await app.call('vault.status', {})).vault.state).toBe('open'));
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keyturn-stopped-'));
    gate = { denying: false };
    afterAnswer = async () => undefined;
  });
  afterEach(async () => {
    await app.stop();
    await keyring.stop();
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  const cases = Object.keys(troubles).flatMap((name) => [
    [name, 'as the provider has made the key', 1] as const,
    [name, 'as the provider has accepted the key', 2] as const,
  ]);

  test.each(cases)(
    '%s %s, loses nothing and goes on afterwards',
    { timeout: 180_000 },
    async (name, _, nth) => {
      const trouble = troubles[name] as Trouble;
      await begin(name !== 'absent');
      const { id: connectionId } = await app.call('connections.addSandbox', {});
      const file = join(folder, '.env');
      await writeFile(file, '');
      const targets = [{ file, variables: { API_KEY: 'API_KEY' } }];
      const { keyId } = await app.call('keys.issue', { ...wish, connectionId, name: 'one', targets });
      const value = async () => parseEnv(await readFile(file, 'utf8')).API_KEY ?? '';
      const old = await value();
      const posts = () => app.asked.filter((one) => one.startsWith('POST')).length;
      const before = posts();
      let left: number = nth;
      afterAnswer = async () => {
        left -= 1;
        if (left === 0) await trouble.harm(keyring, gate);
      };

      const { workId } = await app.call('keys.rotate', { id: keyId, grace: 'now', answers: {} });
      const work = async () => (await app.call('work.list', {})).works.find(({ id }) => id === workId);
      await eventually(async () => {
        const now = await work();
        expect(now?.blocked ?? now?.finished ?? null).not.toBeNull();
      });
      const stopped = await work();
      if (trouble.said !== null)
        expect(JSON.stringify(stopped?.blocked ?? stopped?.reason)).toMatch(trouble.said);
      if (stopped?.finished !== 'done') expect(await value()).toBe(old);

      await trouble.heal(keyring, gate);
      const { works } = await app.call('work.list', {});
      if (works.find(({ id }) => id === workId)?.finished === null)
        // It says that it is stopped a moment before it can be asked to go on.
        await eventually(() => app.call('work.continue', { id: workId, answers: {} }));
      if ((await work())?.finished === 'failed')
        await app.call('keys.rotate', { id: keyId, grace: 'now', answers: {} });
      await eventually(async () => {
        const keys = (await app.call('keys.list', {})).keys;
        expect(keys.map(({ status }) => status).sort()).toEqual(['active', 'revoked']);
      });
      const created = posts() - before;
      expect(created).toBe(stopped?.finished === 'failed' ? 2 : 1);
      expect(await value()).not.toBe(old);
      const now = (await app.call('keys.list', {})).keys.find(({ status }) => status === 'active');
      expect(await app.call('keys.check', { id: now?.id ?? keyId })).toEqual({ outcome: 'valid' });
      // The old one is dead, and no other was left at the provider.
      const { keys } = await app.call('connections.compare', { id: connectionId });
      expect(keys.filter(({ standing }) => standing === 'stray')).toEqual([]);
    },
  );
});

/** The worker, but while `gate.denying` it answers as a system does that refuses its user. */
function denyingAt(gate: { readonly denying: boolean }, worker: KeychainWorker): KeychainWorker {
  const listeners: ((message: KeychainMessage) => void)[] = [];
  return {
    ...worker,
    onMessage(listener) {
      listeners.push(listener);
      worker.onMessage(listener);
    },
    send(request) {
      if (!gate.denying) return worker.send(request);
      const refusal = { id: request.id, ok: false, error: 'Access is denied' } as const;
      queueMicrotask(() => {
        for (const listener of listeners) listener(refusal);
      });
    },
  };
}
