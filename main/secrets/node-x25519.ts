import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import {
  Decrypter,
  Encrypter,
  type Identity,
  identityToRecipient,
  type Recipient,
  Stanza,
} from 'age-encryption';

/*
 * age's X25519 stanza (https://age-encryption.org/v1, "The X25519 recipient type") by Node's own cryptography: the same
 * files as the age library writes and reads, in half its time, for those who seal and open thousands.
 */

export interface X25519 {
  readonly identity: Identity;
  readonly recipient: Recipient;
}

/**
 * Both halves of an age identity ("AGE-SECRET-KEY-1…"). Null where this Node's cryptography lacks a part of it, which
 * is found out by a file that goes from either side to the other.
 */
export async function nodeX25519(identity: string): Promise<X25519 | null> {
  try {
    const halves = halvesOf(identity);
    return (await agrees(halves, identity)) ? halves : null;
  } catch {
    return null;
  }
}

const label = 'age-encryption.org/v1/X25519';
/** The fixed beginnings of a raw X25519 key in PKCS #8 and in SPKI (RFC 8410). */
const privateStart = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicStart = Buffer.from('302a300506032b656e032100', 'hex');
const cipher = 'chacha20-poly1305';
const tagBytes = 16;

function halvesOf(identity: string): X25519 {
  const own = createPrivateKey({
    key: Buffer.concat([privateStart, bech32Data(identity)]),
    format: 'der',
    type: 'pkcs8',
  });
  const ownPublic = createPublicKey(own);
  const ownShare = rawOf(ownPublic);
  const wrapKey = (privateKey: KeyObject, publicKey: KeyObject, share: Uint8Array): Buffer => {
    const secret = diffieHellman({ privateKey, publicKey });
    return Buffer.from(hkdfSync('sha256', secret, Buffer.concat([share, ownShare]), label, 32));
  };
  return {
    recipient: {
      wrapFileKey(fileKey) {
        const ephemeral = generateKeyPairSync('x25519');
        const share = rawOf(ephemeral.publicKey);
        const key = wrapKey(ephemeral.privateKey, ownPublic, share);
        const sealing = createCipheriv(cipher, key, Buffer.alloc(12), { authTagLength: tagBytes });
        const body = Buffer.concat([sealing.update(fileKey), sealing.final(), sealing.getAuthTag()]);
        const text = share.toString('base64').replace(/=+$/, '');
        return [new Stanza(['X25519', text], Uint8Array.from(body))];
      },
    },
    identity: {
      unwrapFileKey(stanzas) {
        for (const { args, body } of stanzas) {
          const share = Buffer.from(args[1] ?? '', 'base64');
          if (args[0] !== 'X25519' || args.length !== 2 || share.length !== 32 || body.length !== 32)
            continue;
          const publicKey = createPublicKey({
            key: Buffer.concat([publicStart, share]),
            format: 'der',
            type: 'spki',
          });
          const fileKey = opened(wrapKey(own, publicKey, share), body);
          if (fileKey !== null) return fileKey;
        }
        return null;
      },
    },
  };
}

function opened(key: Uint8Array, body: Uint8Array): Uint8Array | null {
  const opening = createDecipheriv(cipher, key, Buffer.alloc(12), { authTagLength: tagBytes });
  opening.setAuthTag(body.subarray(-tagBytes));
  try {
    return Uint8Array.from(Buffer.concat([opening.update(body.subarray(0, -tagBytes)), opening.final()]));
  } catch {
    // Made for another identity.
    return null;
  }
}

function rawOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
}

const bech32Letters = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** The bytes between the prefix of a Bech32 text and its checksum (BIP 173), which the caller has seen to be right. */
function bech32Data(text: string): Buffer {
  const letters = text.toLowerCase().slice(text.lastIndexOf('1') + 1, -6);
  const bits = [...letters]
    .map((letter) => bech32Letters.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}

/** Whether each side opens what the other has sealed. Throws where either cannot. */
async function agrees({ identity, recipient }: X25519, text: string): Promise<boolean> {
  const word = 'keyturn';
  const ours = new Encrypter();
  ours.addRecipient(recipient);
  const theirs = new Encrypter();
  theirs.addRecipient(await identityToRecipient(text));
  const opensOurs = new Decrypter();
  opensOurs.addIdentity(text);
  const opensTheirs = new Decrypter();
  opensTheirs.addIdentity(identity);
  return (
    (await opensOurs.decrypt(await ours.encrypt(word), 'text')) === word &&
    (await opensTheirs.decrypt(await theirs.encrypt(word), 'text')) === word
  );
}
