import { parseEnv } from 'node:util';
import { expect } from 'vitest';
import type { KeyWorld } from '../../support/key-world.ts';

/** What a person could tell of the end, whatever the provider happened to call the keys. */
export function endOf(world: KeyWorld) {
  return {
    keys: world.records.keys
      .all()
      .map((key) => ({
        ...key,
        providerKeyId: null,
        fields: [],
        issuedAt: 0,
        revokedAt: key.revokedAt !== null,
      }))
      .sort((a, b) => a.id.localeCompare(b.id)),
    alive: world.server.alive().map((key) => key.label),
    variables: [...world.envFiles.files].map(([file, text]) => [file, Object.keys(parseEnv(text))]),
  };
}

/** What must be true whenever nothing is left to do. */
export function expectWhole(world: KeyWorld): void {
  const records = world.records.keys.all();
  const alive = records.filter((key) => key.revokedAt === null);
  expect(world.journal.unfinished()).toEqual([]);
  expect(world.server.alive().map((key) => key.id)).toEqual(alive.map((key) => key.providerKeyId));
  expect([...world.items.keys()].filter((name) => name.startsWith('key/')).sort()).toEqual(
    records.map((key) => `key/${key.id}`).sort(),
  );
  for (const key of alive) {
    const atServer = world.server.keys.find((one) => one.id === key.providerKeyId);
    expect(world.stored(key.id)).toBe(atServer?.secret);
    expect(key.fields[0]?.lastFour).toBe(atServer?.secret.slice(-4));
    expect(key.issuedAt).toBe(atServer?.createdAt);
    expect({ status: key.status, attention: key.attention }).toEqual({ status: 'active', attention: null });
    for (const target of key.targets)
      expect(world.variable(target.file, target.variables.API_KEY ?? '')).toBe(atServer?.secret);
  }
}

export const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
export const cuts = ['cutBefore', 'cutAfter'] as const;
