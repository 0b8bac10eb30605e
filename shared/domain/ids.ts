import { z } from 'zod';

const id = (prefix: string) => new RegExp(`^${prefix}_[0-9a-z]{20}$`);

/** Names one key in the vault. */
export const keyIdSchema = z.string().regex(id('key')).brand<'KeyId'>();
export type KeyId = z.infer<typeof keyIdSchema>;

/** Names one connection. */
export const connectionIdSchema = z.string().regex(id('con')).brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof connectionIdSchema>;

/** Names one target of a key. */
export const targetIdSchema = z.string().regex(id('tgt')).brand<'TargetId'>();
export type TargetId = z.infer<typeof targetIdSchema>;

/** Names one piece of journaled work: an issue, a rotation or a revocation. */
export const workIdSchema = z.string().regex(id('wrk')).brand<'WorkId'>();
export type WorkId = z.infer<typeof workIdSchema>;

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/**
 * Turns random bytes into the part of an id after its prefix: 20 characters of base 36.
 * Bytes of 252 and more are passed over, so that every character is equally likely.
 */
function suffix(random: (bytes: number) => Uint8Array): string {
  let text = '';
  while (text.length < 20) {
    for (const byte of random(32)) {
      if (byte < 252 && text.length < 20) text += alphabet.charAt(byte % 36);
    }
  }
  return text;
}

/** The source of new ids; `random` answers that many random bytes. */
export function createIds(random: (bytes: number) => Uint8Array) {
  return {
    key: (): KeyId => keyIdSchema.parse(`key_${suffix(random)}`),
    connection: (): ConnectionId => connectionIdSchema.parse(`con_${suffix(random)}`),
    target: (): TargetId => targetIdSchema.parse(`tgt_${suffix(random)}`),
    work: (): WorkId => workIdSchema.parse(`wrk_${suffix(random)}`),
  };
}

export type Ids = ReturnType<typeof createIds>;
