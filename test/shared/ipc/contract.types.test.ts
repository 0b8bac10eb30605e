import { expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { Announcer } from '../../../main/ipc/announce.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import { type AnswerOf, call, feed, type Handlers, type InputOf } from '../../../shared/ipc/define.ts';
import type { KeyRow } from '../../../shared/ipc/keys.contract.ts';
import { fail, ok } from '../../../shared/result.ts';

/* The compiler is what runs these tests (`npm run types`): a line marked as an error that compiles fails there. */

const contract = {
  'keys.rename': call(z.object({ name: z.string() }), z.object({ name: z.string() }), ['name-taken']),
  'keys.changed': feed(z.object({ name: z.string() })),
} as const;

type Rename = Handlers<typeof contract>['keys.rename'];

it('lets a handler answer what its call declares', () => {
  const success: Rename = ({ name }) => ok({ name });
  const expected: Rename = async ({ name }) => fail(failure('name-taken', { name }));
  expectTypeOf(success).toExtend<Rename>();
  expectTypeOf(expected).toExtend<Rename>();
});

it('does not compile a handler that breaks its contract', () => {
  // @ts-expect-error a failure that the call does not declare
  const undeclared: Rename = () => fail(failure('key-unknown'));
  // @ts-expect-error an output of another shape
  const misshapen: Rename = () => ok({ title: 'mail' });
  // @ts-expect-error a bare value instead of a result
  const bare: Rename = () => ({ name: 'mail' });
  // @ts-expect-error an input that is not in the contract
  const greedy: Rename = ({ secret }) => ok({ name: secret });
  // @ts-expect-error a handler is missing
  const missing: Handlers<typeof contract> = {};
  // @ts-expect-error a feed has no handler
  type NoFeed = Handlers<typeof contract>['keys.changed'];
  // @ts-expect-error a failure that is in no list of failures
  call(z.object({}), z.object({}), ['bad-luck']);
  void [undeclared, misshapen, bare, greedy, missing] as unknown as NoFeed;
});

it('does not compile an announcement that breaks its contract', () => {
  const check = (announcer: Announcer<KeyturnContract>) => {
    // @ts-expect-error a call is not a feed
    announcer.announce('keys.list', {});
    // @ts-expect-error nobody declared this feed
    announcer.announce('keys.stolen', {});
    // @ts-expect-error the state of another shape
    announcer.announce('keys.changed', { changed: [{ name: 'mail' }], removed: [] });
  };
  expectTypeOf(check).toBeFunction();
});

it('gives the page the exact answers of a call', () => {
  type Answer = AnswerOf<KeyturnContract['keys.list']>;
  expectTypeOf<Extract<Answer, { ok: true }>['value']>().toEqualTypeOf<{ keys: KeyRow[] }>();
  expectTypeOf<Extract<Answer, { ok: false }>['error']['code']>().toEqualTypeOf<
    'vault-closed' | 'internal' | 'invalid-input'
  >();
  expectTypeOf<InputOf<KeyturnContract['keys.get']>>().toEqualTypeOf<{ id: string }>();
});
