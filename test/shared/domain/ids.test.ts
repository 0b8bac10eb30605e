import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  connectionIdSchema,
  createIds,
  keyIdSchema,
  targetIdSchema,
  workIdSchema,
} from '../../../shared/domain/ids.ts';

describe('ids', () => {
  const ids = createIds((count) => randomBytes(count));

  it('are of the kind that they name, and of no other', () => {
    const schemas = [keyIdSchema, connectionIdSchema, targetIdSchema, workIdSchema];
    const made = [ids.key(), ids.connection(), ids.target(), ids.work()];
    const accepted = schemas.map((schema) => made.map((id) => schema.safeParse(id).success));
    expect(accepted).toEqual(schemas.map((_, row) => made.map((_id, column) => row === column)));
  });

  it.each([
    '',
    'key_',
    'key_0123456789abcdefghi',
    'key_0123456789abcdefghijk',
    'key_0123456789ABCDEFGHIJ',
    'key_../../etc/passwd000',
    ' key_0123456789abcdefghij',
    'key_0123456789abcdefghij\n',
  ])('do not take %j', (text) => {
    expect(keyIdSchema.safeParse(text).success).toBe(false);
  });

  it('do not repeat', () => {
    expect(new Set(Array.from({ length: 2_000 }, () => ids.key())).size).toBe(2_000);
  });

  it('have every character equally often, given every usable byte equally often', () => {
    let next = 0;
    const inTurn = createIds(() => Uint8Array.from({ length: 20 }, () => next++ % 252));
    const characters = Array.from({ length: 63 }, () => inTurn.key().slice(4)).join('');
    const counts = new Map<string, number>();
    for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(36);
    expect(new Set(counts.values())).toEqual(new Set([35]));
  });

  it('pass over the bytes that would make some characters likelier', () => {
    const bytes = [252, 253, 254, 255, ...Array.from({ length: 28 }, (_, index) => index)];
    expect(createIds(() => Uint8Array.from(bytes)).key()).toBe('key_0123456789abcdefghij');
  });

  it('ask for more bytes when too many were passed over', () => {
    let asked = 0;
    const unlucky = createIds((count) => {
      asked += 1;
      return new Uint8Array(count).fill(asked < 3 ? 255 : 35);
    });
    expect(unlucky.work()).toBe(`wrk_${'z'.repeat(20)}`);
    expect(asked).toBe(3);
  });
});
