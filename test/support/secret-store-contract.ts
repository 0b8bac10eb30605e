import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secret } from '../../main/secrets/secret.ts';
import type { SecretName, SecretStore } from '../../main/secrets/secret-store.ts';
import type { ConnectionId, KeyId } from '../../shared/domain/ids.ts';

/** An empty store of the kind under test, and what puts the place away afterwards. */
export interface StoreUnderTest {
  readonly store: SecretStore;
  /** Another store over the same place, as after a restart of the app. */
  reopen(): Promise<SecretStore>;
  dispose(): Promise<void>;
}

export const keyName = (letter: string): SecretName => `key/key_${letter.repeat(20)}` as `key/${KeyId}`;
export const connectionName = `connection/con_${'c'.repeat(20)}` as `connection/${ConnectionId}`;

/** Values that stores are known to change or to lose. */
const values: Readonly<Record<string, string>> = {
  'one character': 'x',
  JSON: '{"API_KEY":"sk_live_1","USER_ID":"42"}',
  'line breaks': 'one\ntwo\r\nthree\n',
  'edge spaces': '  a \t',
  'every script': 'pässwörd-日本語-🔑',
  quotes: `a'b"c\`d\\e`,
  'a byte order mark': '\ufeffvalue',
  '2,560 bytes': 'k'.repeat(2560),
  '2,561 bytes': 'k'.repeat(2561),
  'characters of four bytes at every border': '🔑'.repeat(1500),
  'what a head of parts looks like': `keyturn-parts 1 a 2 ${'0'.repeat(64)}`,
};

/** What every secret store promises. `setUp` makes an empty one for each test. */
export function secretStoreContract(kind: string, setUp: () => Promise<StoreUnderTest>): void {
  describe(`${kind} as a secret store`, () => {
    let place: StoreUnderTest;
    let store: SecretStore;

    beforeEach(async () => {
      place = await setUp();
      store = place.store;
    });
    afterEach(async () => {
      await store.close();
      await place.dispose();
    });

    const stored = async (name: SecretName, from = store) => {
      const got = await from.get(name);
      return got.ok ? got.value.reveal() : got.error.code;
    };
    const put = async (name: SecretName, value: string) => {
      expect(await store.put(name, new Secret(value))).toEqual({ ok: true, value: undefined });
    };

    test.each(Object.entries(values))('gives back exactly what was put: %s', async (_, value) => {
      await put('vault', 'data key');
      await put(keyName('a'), value);
      expect(await stored(keyName('a'))).toBe(value);
      const again = await place.reopen();
      expect(await stored(keyName('a'), again)).toBe(value);
      await again.close();
    });

    test('keeps items apart and replaces only the one that is put', async () => {
      await put('vault', 'data key');
      await put(keyName('a'), 'first');
      await put(keyName('b'), 'second');
      await put(connectionName, 'third');
      await put(keyName('a'), 'replaced');
      expect(await stored(keyName('a'))).toBe('replaced');
      expect(await stored(keyName('b'))).toBe('second');
      expect(await stored(connectionName)).toBe('third');
      expect(await stored('vault')).toBe('data key');
    });

    test('replaces a long value by a short one and back', async () => {
      await put('vault', 'data key');
      for (const value of ['L'.repeat(9000), 'short', 'M'.repeat(6000), 'N'.repeat(12_000), 's']) {
        await put(keyName('a'), value);
        expect(await stored(keyName('a'))).toBe(value);
      }
    });

    test('says that an item is gone once the vault has its own item', async () => {
      expect(await stored('vault')).toBe('secret-gone');
      await put('vault', 'data key');
      expect(await stored(keyName('a'))).toBe('secret-gone');
    });

    test('drops an item and leaves the others', async () => {
      await put('vault', 'data key');
      await put(keyName('a'), 'first'.repeat(2000));
      await put(keyName('b'), 'second');
      expect((await store.drop(keyName('a'))).ok).toBe(true);
      expect(await stored(keyName('a'))).toBe('secret-gone');
      expect(await stored(keyName('b'))).toBe('second');
    });

    test('takes dropping an item that is not there for a success', async () => {
      await put('vault', 'data key');
      expect((await store.drop(keyName('a'))).ok).toBe(true);
      expect((await store.drop(keyName('a'))).ok).toBe(true);
    });

    test.each([
      ['the empty string', '', 'empty'],
      ['NUL', 'a\0b', 'nul'],
      ['half a character', 'a\ud800', 'not-unicode'],
    ])('refuses %s and keeps what was there', async (_, value, reason) => {
      await put('vault', 'data key');
      await put(keyName('a'), 'old');
      expect(await store.put(keyName('a'), new Secret(value))).toEqual({
        ok: false,
        error: { code: 'secret-not-storable', reason },
      });
      expect(await stored(keyName('a'))).toBe('old');
    });

    test('keeps the last of many writes of one item at once, and all of many items', async () => {
      await put('vault', 'data key');
      const same = Array.from({ length: 8 }, (_, at) =>
        store.put(keyName('a'), new Secret(`v${at}`.repeat(1500))),
      );
      const letters = ['b', 'c', 'd', 'e', 'f'];
      const others = letters.map((letter) => store.put(keyName(letter), new Secret(letter)));
      for (const written of await Promise.all([...same, ...others])) expect(written.ok).toBe(true);
      expect(await stored(keyName('a'))).toBe('v7'.repeat(1500));
      for (const letter of letters) expect(await stored(keyName(letter))).toBe(letter);
    });

    test('is locked once closed, and open again when opened again', async () => {
      await put('vault', 'data key');
      await store.close();
      expect(await stored('vault')).toBe('keychain-locked');
      expect(await store.put(keyName('a'), new Secret('v'))).toEqual({
        ok: false,
        error: { code: 'keychain-locked' },
      });
      expect(await store.drop('vault')).toEqual({ ok: false, error: { code: 'keychain-locked' } });
      const again = await place.reopen();
      expect(await stored('vault', again)).toBe('data key');
      await again.close();
    });
  });
}
