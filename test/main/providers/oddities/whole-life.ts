import { expect } from 'vitest';
import type { IssuedKey, Provider } from '../../../../main/providers/provider.ts';
import type { SecretFields } from '../../../../main/secrets/secret.ts';
import type { KeyRequest } from '../../../../shared/domain/key.ts';
import type { ListedKey } from '../../../../shared/domain/provider.ts';
import type { Result } from '../../../../shared/result.ts';
import { asking } from './connect-invented.ts';
import type { InventedServer } from './invented-server.ts';

export interface Lived {
  readonly made: readonly IssuedKey[];
  /** As they were listed before any was revoked. */
  readonly listed: readonly ListedKey[];
  /** As they were listed after the first was revoked. */
  readonly listedAfter: readonly ListedKey[];
}

export interface LifeWishes {
  readonly request?: KeyRequest;
  readonly answers?: SecretFields;
  /** How many keys are made; the invented providers list two a page. */
  readonly keys?: number;
}

/**
 * Takes keys through everything a provider offers: the credential is tried, keys are made, listed each once,
 * accepted, and the first is revoked, refused from then on and gone or inactive in the list, while the others live.
 * No secret is in a list or in any address.
 */
export async function liveThrough(
  provider: Provider,
  servers: readonly InventedServer[],
  { request = asking(), answers = {}, keys = 5 }: LifeWishes = {},
): Promise<Lived> {
  successOf(await provider.checkCredential());
  const made: IssuedKey[] = [];
  for (let number = 1; number <= keys; number += 1) {
    made.push(successOf(await provider.create(`key-${number}`, request, answers)));
  }
  const [first, ...others] = made;
  if (first === undefined) throw new Error('No key was made');
  const listed = successOf(await provider.list(answers));
  expect(listed.map(({ providerKeyId }) => providerKeyId).toSorted()).toEqual(
    made.map(({ providerKeyId }) => providerKeyId).toSorted(),
  );
  if (provider.listsNames) {
    expect(listed.map(({ name }) => name).toSorted()).toEqual(made.map((_, index) => `key-${index + 1}`));
  }
  expect(listed.every(({ active }) => active)).toBe(true);
  for (const { fields } of made)
    expect(successOf(await provider.check(fields))).toEqual({ outcome: 'valid' });

  successOf(await provider.revoke(first.providerKeyId, answers));
  expect(successOf(await provider.check(first.fields))).toMatchObject({ outcome: 'refused' });
  const listedAfter = successOf(await provider.list(answers));
  const isListed = listedAfter.some((key) => key.providerKeyId === first.providerKeyId && key.active);
  expect(isListed).toBe(false);
  for (const { fields } of others)
    expect(successOf(await provider.check(fields))).toEqual({ outcome: 'valid' });
  // What is gone may be revoked again: a revocation that was cut short is repeated.
  successOf(await provider.revoke(first.providerKeyId, answers));

  expectNoSecretIn([listed, listedAfter, servers.map(({ lines }) => lines)], made);
  return { made, listed, listedAfter };
}

/** Nothing of what is given contains the value of a key. */
export function expectNoSecretIn(said: unknown, made: readonly IssuedKey[]): void {
  const text = JSON.stringify(said);
  for (const { fields, providerKeyId } of made) {
    for (const secret of Object.values(fields)) {
      if (secret.reveal() === providerKeyId) continue;
      expect(text).not.toContain(secret.reveal());
      expect(text).not.toContain(encodeURIComponent(secret.reveal()));
    }
  }
}

/** The value of a success; a failure is a fault of the test, told whole. */
export function successOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
