import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Decrypter, generateX25519Identity } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { identityLockBy } from '../../../main/secrets/identity-lock.ts';
import { createSealedFiles, openSealedFiles } from '../../../main/secrets/sealed-file-secret-store.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { threadedPassphraseSealing } from '../../../main/secrets/threaded-passphrase-sealing.ts';
import { longestTurnMs } from '../../support/thread-time.ts';

const workerFile = fileURLToPath(new URL('../../../main/secrets/passphrase-worker.ts', import.meta.url));
const sealing = threadedPassphraseSealing(workerFile);
const identityLock = identityLockBy(sealing);
const phrase = 'correct horse battery';

describe('A passphrase whose work is done in a thread', () => {
  test('locks the identity as age does, and unlocks it again', async () => {
    const identity = await generateX25519Identity();
    const bytes = await identityLock.lock(identity, phrase, 4);
    const decrypter = new Decrypter();
    decrypter.addPassphrase(phrase);
    expect(await decrypter.decrypt(bytes, 'text')).toBe(`${identity}\n`);
    expect(await identityLock.unlock(bytes, phrase)).toEqual({ ok: true, value: identity });
  });

  test('that is wrong is told from an identity that is damaged', async () => {
    const bytes = await identityLock.lock(await generateX25519Identity(), phrase, 4);
    expect(await identityLock.unlock(bytes, `${phrase} `)).toEqual({
      ok: false,
      error: { code: 'passphrase-wrong' },
    });
    expect(await identityLock.unlock(bytes.subarray(0, 90), phrase)).toMatchObject({
      ok: false,
      error: { code: 'secret-unreadable', name: 'identity.age' },
    });
  });

  test('lets the app go on answering while it is set up, and while it is asked for', async () => {
    const root = await mkdtemp(join(tmpdir(), 'keyturn-thread-'));
    const place = {
      folder: join(root, 'secrets'),
      lock: { by: 'passphrase', passphrase: new Secret(phrase), identityLock },
    } as const;
    for (const act of [() => createSealedFiles({ ...place, workFactor: 18 }), () => openSealedFiles(place)]) {
      const before = process.cpuUsage();
      const longestMs = await longestTurnMs(async () => expect((await act()).ok).toBe(true));
      const { user, system } = process.cpuUsage(before);
      const allMs = (user + system) / 1000;
      // Enough work to be noticed, were it done here: then one turn would be nearly all of it.
      expect(allMs).toBeGreaterThan(300);
      expect(longestMs).toBeLessThan(allMs / 3);
    }
    await rm(root, { recursive: true });
  });

  test('is an error where the thread cannot be run, not a wait without end', async () => {
    const gone = threadedPassphraseSealing(join(tmpdir(), 'keyturn-no-such-worker.js'));
    await expect(gone.open(new Uint8Array(), phrase)).rejects.toThrow('Cannot find module');
  });
});
