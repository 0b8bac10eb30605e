import { randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { nodeX25519 } from '../../../main/secrets/node-x25519.ts';

const text = await generateX25519Identity();
const made = await nodeX25519(text);

describe('age’s X25519 by Node’s own cryptography', () => {
  it('opens what the age library seals, and seals what it opens, for any identity', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const identity = await generateX25519Identity();
      const both = await nodeX25519(identity);
      if (both === null) throw new Error('This Node lacks a part of it');
      const content = randomBytes(turn * 9_000);
      const ours = new Encrypter();
      ours.addRecipient(both.recipient);
      const theirs = new Encrypter();
      theirs.addRecipient(await identityToRecipient(identity));
      const byThem = new Decrypter();
      byThem.addIdentity(identity);
      const byUs = new Decrypter();
      byUs.addIdentity(both.identity);
      expect(Buffer.from(await byThem.decrypt(await ours.encrypt(content))).equals(content)).toBe(true);
      expect(Buffer.from(await byUs.decrypt(await theirs.encrypt(content))).equals(content)).toBe(true);
    }
  });

  it('opens nothing that was sealed for another, and nothing with a bit changed', async () => {
    if (made === null) throw new Error('This Node lacks a part of it');
    const byUs = new Decrypter();
    byUs.addIdentity(made.identity);
    const toAnother = new Encrypter();
    toAnother.addRecipient(await identityToRecipient(await generateX25519Identity()));
    await expect(byUs.decrypt(await toAnother.encrypt('secret'))).rejects.toThrow('no identity matched');
    const toUs = new Encrypter();
    toUs.addRecipient(made.recipient);
    const sealed = await toUs.encrypt('secret');
    for (let offset = 0; offset < sealed.length; offset += 1) {
      const changed = Uint8Array.from(sealed);
      changed[offset] = (changed[offset] ?? 0) ^ 1;
      await expect(byUs.decrypt(changed), `${offset}`).rejects.toThrow();
    }
  });

  it('is not there for what is no identity', async () => {
    expect(await nodeX25519('AGE-SECRET-KEY-1NOTONE')).toBeNull();
  });
});
