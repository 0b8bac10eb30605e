import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { RefusedError } from '../../../main/ipc/refused.ts';
import { createDoor } from '../../../main/ipc/serve.ts';
import { failure } from '../../../shared/domain/failure.ts';
import { contract as keyturnContract } from '../../../shared/ipc/contract.ts';
import { call, feed, type Handlers } from '../../../shared/ipc/define.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';

const canary = 'sk_live_4f9aXq81LmZ0tRv7';

const contract = {
  'keys.rename': call(z.object({ name: z.string().min(1) }), z.object({ name: z.string() }), ['name-taken']),
  'keys.changed': feed(z.object({ name: z.string() })),
} as const;

function doorWith(rename: Handlers<typeof contract>['keys.rename']) {
  const log = createMemoryLog();
  return { log, door: createDoor({ contract, handlers: { 'keys.rename': rename }, log }) };
}

const echo = doorWith(({ name }) => ok({ name })).door;

describe('the door to main', () => {
  it('answers a call of the contract', async () => {
    expect(await echo.call('keys.rename', { name: 'mail' })).toEqual(ok({ name: 'mail' }));
  });

  it.each([
    ['a name that nobody declared', 'keys.steal'],
    ['a property that every object has', 'constructor'],
    ['the prototype', '__proto__'],
    ['a method of every object', 'toString'],
    ['a feed', 'keys.changed'],
    ['an empty name', ''],
    ['no name', undefined],
    ['something that is not a name', ['keys.rename']],
  ])('refuses %s and never answers it', async (_, method) => {
    await expect(echo.call(method, {})).rejects.toBeInstanceOf(RefusedError);
  });

  it('refuses a call whose handler is missing', async () => {
    const empty = createDoor({ contract, handlers: {} as Handlers<typeof contract>, log: createMemoryLog() });
    await expect(empty.call('keys.rename', { name: 'mail' })).rejects.toBeInstanceOf(RefusedError);
  });

  it.each([[{}], [{ name: '' }], [{ name: 7 }], [null], ['mail'], [undefined]])(
    'tells the page what is wrong with the input %j, and the handler never sees it',
    async (input) => {
      let seen = 0;
      const { door } = doorWith(({ name }) => {
        seen += 1;
        return ok({ name });
      });
      expect(await door.call('keys.rename', input)).toMatchObject({
        ok: false,
        error: { code: 'invalid-input', issues: [{ message: expect.any(String) }] },
      });
      expect(seen).toBe(0);
    },
  );

  it('keeps fields inside that the contract does not name', async () => {
    const stray = { name: 'mail', value: canary };
    const { door } = doorWith(() => ok(stray));
    expect(await door.call('keys.rename', { name: 'mail' })).toEqual(ok({ name: 'mail' }));
  });

  it('hands on a declared failure, without fields that it does not name', async () => {
    const error = { ...failure('name-taken', { name: 'mail' }), value: canary };
    const { door } = doorWith(() => fail(error));
    expect(await door.call('keys.rename', { name: 'mail' })).toEqual(
      fail({ code: 'name-taken', name: 'mail' }),
    );
  });

  it.each([
    ['throws', () => Promise.reject(new Error(`Invalid header: Authorization: Bearer ${canary}`))],
    ['answers with a failure that is not declared', () => fail(failure('key-unknown')) as never],
    ['answers with a failure that nobody knows', () => fail({ code: canary }) as never],
    ['answers what does not fit', () => ok({ name: { value: canary } }) as never],
    ['answers nothing', () => undefined as never],
  ])('hides what happened behind a reference when a handler %s', async (_, rename) => {
    const { door, log } = doorWith(rename);
    const answer = await door.call('keys.rename', { name: 'mail' });
    expect(answer).toEqual(fail({ code: 'internal', ref: 'ref-1' }));
    expect(log.failures).toMatchObject([{ ref: 'ref-1', where: 'call keys.rename' }]);
    expect(log.failures[0]?.cause.message).not.toBe('');
    expect(JSON.stringify([answer, log.failures])).not.toContain(canary);
  });
});

/** Every schema inside a schema, itself included. */
function* schemasIn(schema: z.core.$ZodType): Generator<z.core.$ZodTypes> {
  const known = schema as z.core.$ZodTypes;
  yield known;
  for (const value of Object.values(known._zod.def)) yield* schemasInValue(value);
}

function* schemasInValue(value: unknown): Generator<z.core.$ZodTypes> {
  if (value instanceof z.ZodType) yield* schemasIn(value);
  else if (Array.isArray(value)) for (const item of value) yield* schemasInValue(item);
  else if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) yield* schemasInValue(item);
}

describe('the contract of Keyturn', () => {
  const leaving = Object.entries(keyturnContract).map(
    ([name, definition]) =>
      [name, definition.kind === 'call' ? definition.output : definition.state] as const,
  );

  it.each(leaving)('has no place in %s for a field that it does not name', (_, schema) => {
    const loose = [...schemasIn(schema)].filter(
      ({ _zod: { def } }) =>
        ['any', 'unknown', 'custom', 'promise', 'function'].includes(def.type) ||
        (def.type === 'object' && def.catchall !== undefined),
    );
    expect(loose).toEqual([]);
  });
});
