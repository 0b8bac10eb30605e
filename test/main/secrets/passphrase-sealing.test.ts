import { randomBytes } from 'node:crypto';
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';

const { seal, open } = passphraseSealingInPlace;
const phrase = 'correct horse battery';
const content = randomBytes(200_000);
const sealed = () => seal(content, phrase, 4);
const faultOf = async (bytes: Uint8Array, passphrase = phrase) => {
  const opened = await open(bytes, passphrase);
  return opened.ok ? 'opened' : opened.error.fault;
};

describe('bytes sealed under a passphrase', () => {
  it('come back whole', async () => {
    const opened = await open(await sealed(), phrase);
    expect(opened.ok && Buffer.from(opened.value).equals(content)).toBe(true);
  });

  it('tell a wrong passphrase', async () => {
    expect(await faultOf(await sealed(), `${phrase} `)).toBe('wrong-passphrase');
  });

  it('never open in part: cut off anywhere, they are damaged', async () => {
    const bytes = await sealed();
    for (const length of [5, 30, 60, 100, 180, 220, 65_800, 131_400, bytes.length - 1])
      expect(await faultOf(bytes.subarray(0, length)), `${length}`).toBe('damaged');
  });

  it('never open with a bit changed; outside of the locked key that is told as damage', async () => {
    const bytes = await sealed();
    const head = Buffer.from(bytes).indexOf('\n--- ');
    const faultsAt = async (offset: number) => {
      const changed = Uint8Array.from(bytes);
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      return faultOf(changed);
    };
    for (let offset = head + 6; offset < bytes.length; offset += 9_001)
      expect(await faultsAt(offset), `${offset}`).toBe('damaged');
    for (let offset = 0; offset < head; offset += 5)
      expect(await faultsAt(offset), `${offset}`).not.toBe('opened');
  });

  it('are told from what is no age file, and from one for an identity', async () => {
    expect(await faultOf(Buffer.from('PORT=3000\n'))).toBe('not-age');
    expect(await faultOf(new Uint8Array())).toBe('not-age');
    const encrypter = new Encrypter();
    encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    expect(await faultOf(await encrypter.encrypt(content))).toBe('not-age');
  });
});
