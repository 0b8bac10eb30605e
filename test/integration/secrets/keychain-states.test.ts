import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeychainWorker } from '../../../main/secrets/keychain-protocol.ts';
import type { KeychainSecretStore } from '../../../main/secrets/keychain-secret-store.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { SecretName, SecretStore } from '../../../main/secrets/secret-store.ts';
import { type Keyring, startKeyring } from '../../support/keyring.ts';
import { keyName } from '../../support/secret-store-contract.ts';
import { describeOnLinux, storeOver } from './keychain.ts';

const name = keyName('a');
const limits = { readMs: 1500, writeMs: 1500 };

const errorOf = async (outcome: Promise<{ ok: boolean; error?: unknown }>) => {
  const { ok, error } = await outcome;
  return ok ? 'ok' : error;
};
const read = async (store: SecretStore, of: SecretName) => {
  const got = await store.get(of);
  return got.ok ? got.value.reveal() : got.error;
};
const locked = { code: 'keychain-locked' };

describeOnLinux('A vault in a real keyring', () => {
  let keyring: Keyring;
  let store: KeychainSecretStore;
  let workers: KeychainWorker[];

  beforeEach(async () => {
    keyring = await startKeyring({ unlock: true });
    workers = [];
    store = storeOver(keyring.env, { limits, workers });
    expect(await errorOf(store.put('vault', new Secret('data key')))).toBe('ok');
    expect(await errorOf(store.put(name, new Secret('canary')))).toBe('ok');
  });
  afterEach(async () => {
    await store.close();
    await keyring.stop();
  });

  /** The names of all of the vault's items, as another program sees them. */
  const accounts = async () => {
    const shown = await keyring.secretTool(['search', '--all', 'service', 'keyturn']);
    return [...shown.stderr.matchAll(/attribute.account = (.*)/g)].map((found) => found[1]).sort();
  };

  test('a locked keyring is told from one without the item, and loses nothing', async () => {
    await keyring.lock();
    expect(await read(store, name)).toEqual(locked);
    expect(await read(store, keyName('b'))).toEqual(locked);
    expect(await read(store, 'vault')).toEqual(locked);
    expect(await errorOf(store.put(name, new Secret('new')))).toEqual(locked);
    expect(await errorOf(store.put(name, new Secret('new'.repeat(2000))))).toEqual(locked);
    expect(await errorOf(store.drop(name))).toEqual(locked);
    expect(await errorOf(store.drop('vault'))).toEqual(locked);
    expect(await store.probe()).toEqual({ state: 'locked' });
    await keyring.restartDaemon({ unlock: true });
    expect(await read(store, name)).toBe('canary');
    expect(await read(store, 'vault')).toBe('data key');
  });

  test('a daemon that was killed and started again is found again without a restart', async () => {
    await keyring.restartDaemon({ unlock: true });
    expect(await read(store, name)).toBe('canary');
    await keyring.restartDaemon({ unlock: true });
    expect(await errorOf(store.put(name, new Secret('second')))).toBe('ok');
    await keyring.restartDaemon({ unlock: true });
    expect(await errorOf(store.drop(name))).toBe('ok');
    expect(await read(store, name)).toEqual({ code: 'secret-gone', name });
    expect(workers.length).toBe(4);
  });

  test('a daemon that was killed and comes back locked is locked, not empty', async () => {
    await keyring.killDaemon();
    expect(await read(store, name)).toEqual(locked);
    expect(await errorOf(store.put(name, new Secret('new')))).toEqual(locked);
    expect(await errorOf(store.drop(name))).toEqual(locked);
  });

  test('work goes on when the daemon is killed in the middle of it: each value is the old or the new one', async () => {
    const letters = [...'bcdefghijklm'];
    const writes = letters.map((letter) => store.put(keyName(letter), new Secret(letter.repeat(5000))));
    await writes[1];
    await keyring.restartDaemon({ unlock: true });
    const outcomes = await Promise.all(writes);
    for (const [at, letter] of letters.entries()) {
      const value = await read(store, keyName(letter));
      if (outcomes[at]?.ok) expect(value).toBe(letter.repeat(5000));
      else
        expect([letter.repeat(5000), { code: 'secret-gone', name: keyName(letter) }]).toContainEqual(value);
    }
    expect(await read(store, name)).toBe('canary');
  });

  test('a keychain process that crashes is started again and the call answered', async () => {
    workers.at(-1)?.kill();
    expect(await read(store, name)).toBe('canary');
    const reading = store.get(name);
    workers.at(-1)?.kill();
    expect((await reading).ok).toBe(true);
    expect(workers.length).toBe(3);
  });

  test('a keychain that does not answer costs its limit once, and holds up nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'keyturn-io-'));
    await keyring.pause();
    const started = performance.now();
    const calls = [
      store.get(name),
      ...[...'bcdefgh'].map((letter) => store.get(keyName(letter))),
      store.drop(name),
    ];
    let files = 0;
    while (performance.now() - started < 1000) {
      await writeFile(join(folder, 'file'), 'x'.repeat(1000));
      await readFile(join(folder, 'file'));
      files += 1;
    }
    const unanswered = { code: 'keychain-unanswered', seconds: 1.5 };
    for (const call of calls) expect(await errorOf(call)).toEqual(unanswered);
    const tookMs = performance.now() - started;
    expect(tookMs).toBeGreaterThan(1400);
    // Nine calls that each waited for their own limit would have taken 13.5 seconds.
    expect(tookMs).toBeLessThan(7000);
    // Held up, this thread would have got no further than the first one.
    expect(files).toBeGreaterThan(5);
    await keyring.resume();
    expect(await read(store, name)).toBe('canary');
    await rm(folder, { recursive: true });
  });

  test('closing does not wait for a keychain that does not answer', async () => {
    await keyring.pause();
    const reading = store.get(name);
    await store.close();
    // Waited for, it would be unanswered.
    expect(await errorOf(reading)).toEqual(locked);
  });

  test('100 KB are given back whole, and leave nothing behind when dropped', async () => {
    const long = Array.from({ length: 10_000 }, (_, at) => `${at} ö 🔑`)
      .join('\n')
      .slice(0, 100_000);
    expect(await errorOf(store.put(name, new Secret(long)))).toBe('ok');
    expect(await read(store, name)).toBe(long);
    expect((await accounts()).length).toBeGreaterThan(40);
    expect(await errorOf(store.drop(name))).toBe('ok');
    expect(await accounts()).toEqual(['vault']);
  });

  test('a long value cut off at any point is the old or the new one, and nothing of it stays behind', async () => {
    const old = 'o'.repeat(6000);
    const next = 'n'.repeat(7000);
    const cutAfter = async (requests: number) => {
      let seen = 0;
      const cut = storeOver(keyring.env, {
        watch: () => {
          seen += 1;
          // The process dies with the request that has just been sent to it, done or not.
          if (seen > requests) void cut.close();
        },
      });
      const written = await cut.put(name, new Secret(next));
      await cut.close();
      return written.ok;
    };
    let cuts = 0;
    expect(await errorOf(store.put(name, new Secret(old)))).toBe('ok');
    while (!(await cutAfter(cuts))) {
      cuts += 1;
      const value = await read(store, name);
      expect([old, next]).toContain(value);
      if (value === next) expect(await errorOf(store.put(name, new Secret(old)))).toBe('ok');
    }
    expect(cuts).toBeGreaterThan(8);
    expect(await read(store, name)).toBe(next);
    expect(await errorOf(store.drop(name))).toBe('ok');
    expect(await accounts()).toEqual(['vault']);
  });

  test('a drop cut off at any point is finished by the next one', async () => {
    let cuts = 0;
    for (let done = false; !done; cuts += 1) {
      expect(await errorOf(store.put(name, new Secret('v'.repeat(6000))))).toBe('ok');
      let seen = 0;
      const cut = storeOver(keyring.env, {
        watch: () => {
          seen += 1;
          if (seen > cuts) void cut.close();
        },
      });
      done = (await cut.drop(name)).ok;
      await cut.close();
      expect(await errorOf(store.drop(name))).toBe('ok');
      expect(await accounts()).toEqual(['vault']);
    }
    expect(cuts).toBeGreaterThan(6);
  });

  test('a prompt that nobody answers ends at the limit, and the next call is asked anew', async () => {
    const asking = await startKeyring({ unlock: true, silentPrompt: true });
    const asked = storeOver(asking.env, { limits });
    expect(await errorOf(asked.put('vault', new Secret('data key')))).toBe('ok');
    await asking.lock();
    const unanswered = { code: 'keychain-unanswered', seconds: 1.5 };
    expect(await asked.probe()).toEqual({ state: 'locked' });
    expect(await read(asked, 'vault')).toEqual(unanswered);
    expect(await errorOf(asked.put(name, new Secret('v')))).toEqual(unanswered);
    await asking.restartDaemon({ unlock: true });
    expect(await read(asked, 'vault')).toBe('data key');
    await asked.close();
    await asking.stop();
  });

  test('secret-tool finds the item, and nothing once it is dropped', async () => {
    const lookup = () => keyring.secretTool(['lookup', 'service', 'keyturn', 'account', name]);
    expect(await lookup()).toMatchObject({ code: 0, stdout: 'canary' });
    expect(await errorOf(store.drop(name))).toBe('ok');
    expect(await lookup()).toMatchObject({ code: 1, stdout: '' });
  });

  test('parts that were lost or mixed up are noticed, never joined', async () => {
    expect(await errorOf(store.put(name, new Secret('v'.repeat(6000))))).toBe('ok');
    const part = [
      'service',
      'keyturn',
      'account',
      `${name}#a.1`,
      'xdg:schema',
      'org.freedesktop.Secret.Generic',
    ];
    await keyring.secretTool(['store', '--label=x', ...part], 'tampered');
    expect(await read(store, name)).toMatchObject({ code: 'secret-unreadable' });
    await keyring.secretTool(['clear', ...part]);
    expect(await read(store, name)).toEqual({
      code: 'secret-unreadable',
      name,
      reason: 'part 2 of 3 is missing',
    });
  });

  test('a value too long for any keychain is refused with its size', async () => {
    expect(await errorOf(store.put(name, new Secret('x'.repeat(300_000))))).toEqual({
      code: 'secret-too-big',
      bytes: 300_000,
      limitBytes: 262_144,
    });
    expect(await read(store, name)).toBe('canary');
  });

  test('another keyring is told from a locked one and from an item that is gone', async () => {
    const other = await startKeyring({ unlock: true });
    const foreign = storeOver(other.env);
    expect(await read(foreign, name)).toEqual({ code: 'keychain-foreign' });
    expect(await errorOf(foreign.drop(name))).toEqual({ code: 'keychain-foreign' });
    expect(await read(foreign, 'vault')).toEqual({ code: 'secret-gone', name: 'vault' });
    await other.lock();
    expect(await read(foreign, name)).toEqual(locked);
    expect(await read(foreign, 'vault')).toEqual(locked);
    await foreign.close();
    await other.stop();
  });

  test('the same home in a new session has the same secrets, locked until it is unlocked', async () => {
    await store.close();
    const next = await startKeyring({ unlock: false, home: keyring.home });
    const again = storeOver(next.env);
    expect(await again.probe()).toEqual({ state: 'locked' });
    expect(await read(again, name)).toEqual(locked);
    await next.restartDaemon({ unlock: true });
    expect(await read(again, name)).toBe('canary');
    await again.close();
    await next.stop();
  });

  test('the keychain is named', async () => {
    expect(await store.describe()).toBe('GNOME Keyring (Secret Service)');
  });
});

describeOnLinux('Before there is a vault', () => {
  let stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const stop of stops) await stop();
    stops = [];
  });
  const over = (env: NodeJS.ProcessEnv) => {
    const store = storeOver(env, { limits });
    stops.push(() => store.close());
    return store;
  };
  const session = async (options: Parameters<typeof startKeyring>[0]) => {
    const keyring = await startKeyring(options);
    stops.push(() => keyring.stop());
    return keyring;
  };

  test('an open, empty keyring is present and stays empty', async () => {
    const keyring = await session({ unlock: true });
    expect(await over(keyring.env).probe()).toEqual({ state: 'present' });
    const shown = await keyring.secretTool(['search', '--all', 'service', 'keyturn']);
    expect(shown.stdout + shown.stderr).toBe('');
  });

  test('a locked, empty keyring is locked', async () => {
    const keyring = await session({ unlock: true });
    await keyring.lock();
    const store = over(keyring.env);
    expect(await store.probe()).toEqual({ state: 'locked' });
    expect(await read(store, 'vault')).toEqual(locked);
  });

  test('a keyring that does not answer is unanswered', async () => {
    const keyring = await session({ unlock: true });
    await keyring.pause();
    expect(await over(keyring.env).probe()).toMatchObject({ state: 'unanswered' });
  });

  test('no session bus means no keychain', async () => {
    const store = over({ PATH: process.env.PATH, HOME: tmpdir() });
    expect(await store.probe()).toMatchObject({ state: 'absent' });
    expect(await read(store, name)).toMatchObject({ code: 'keychain-absent' });
    expect(await errorOf(store.put(name, new Secret('v')))).toMatchObject({ code: 'keychain-absent' });
    expect(await errorOf(store.drop(name))).toMatchObject({ code: 'keychain-absent' });
  });

  test('a bus address where nobody listens means no keychain', async () => {
    const store = over({ PATH: process.env.PATH, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' });
    expect(await store.probe()).toMatchObject({ state: 'absent' });
    expect(await read(store, name)).toMatchObject({ code: 'keychain-absent' });
  });

  test('a bus without a keychain behind it means no keychain', async () => {
    const keyring = await session({ unlock: false, provider: false });
    const store = over(keyring.env);
    const absent = 'The name org.freedesktop.secrets was not provided by any .service files';
    expect(await store.probe()).toEqual({ state: 'absent', detail: absent });
    expect(await read(store, name)).toEqual({ code: 'keychain-absent', detail: absent });
    expect(await errorOf(store.put('vault', new Secret('v')))).toEqual({
      code: 'keychain-absent',
      detail: absent,
    });
  });

  test('a keychain that comes later is found without a restart', async () => {
    const keyring = await session({ unlock: false, provider: false });
    const store = over(keyring.env);
    expect(await read(store, 'vault')).toMatchObject({ code: 'keychain-absent' });
    await keyring.restartDaemon({ unlock: true });
    expect(await errorOf(store.put('vault', new Secret('data key')))).toBe('ok');
    expect(await read(store, 'vault')).toBe('data key');
  });

  test('a service without a keyring, and without a screen to offer one on, means no keychain', async () => {
    const keyring = await session({ unlock: false });
    const store = over(keyring.env);
    expect(await store.probe()).toMatchObject({ state: 'absent' });
    expect(await errorOf(store.put('vault', new Secret('v')))).toMatchObject({ code: 'keychain-absent' });
  });

  test('where nothing can be seen from outside, a keychain is tried by writing', async () => {
    const keyring = await session({ unlock: true });
    // An address that libsecret's library understands and a plain socket does not: the look says nothing.
    const store = over({ ...keyring.env });
    const blind = {
      ...keyring.env,
      DBUS_SESSION_BUS_ADDRESS: `unixexec:path=/bin/false;${keyring.env.DBUS_SESSION_BUS_ADDRESS}`,
    };
    expect(await over(blind).probe()).toEqual({ state: 'present' });
    await keyring.lock();
    expect(await store.probe()).toEqual({ state: 'locked' });
  });
});
