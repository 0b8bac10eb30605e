import { expect } from 'vitest';
import { keyBeingRevoked } from '../../../../shared/domain/work.ts';
import type { ServerKey } from '../../../fakes/fake-provider.ts';
import { type Life, valuesInFiles } from './life.ts';

/** Holds what is there now against the promises; to be called when nothing runs. */
export function expectPromisesKept(life: Life): void {
  const broken = [
    ...life.broken,
    ...[...life.world.server.alive()]
      .filter((key) => !isAccountedFor(life, key))
      .map((key) => `2: ${key.id} "${key.label}" is alive and nothing here shows it`),
    ...deadInFiles(life),
    ...lostValues(life),
    ...falselyRevoked(life),
    ...pastExpiry(life),
    ...leaked(life),
    ...strangePlans(life),
  ];
  expect(broken).toEqual([]);
}

/** Promise 2: alive at the server means on the list here, in work, named as a stray, the owner's own, or let go knowingly. */
function isAccountedFor({ world, madeForUs, released }: Life, key: ServerKey): boolean {
  if (!madeForUs.has(key) || released.has(key)) return true;
  const isOnTheList = world.records.keys
    .all()
    .some(
      (one) =>
        one.revokedAt === null && (one.providerKeyId === key.id || world.stored(one.id) === key.secret),
    );
  const isInWork = world.journal.unfinished().some(({ newKey, state }) => {
    const isNamed = state.step === 'outcome-unknown' && (state.strays?.includes(key.id) ?? false);
    return isNamed || newKey?.label === key.label || newKey?.providerKeyId === key.id;
  });
  return isOnTheList || isInWork;
}

/** Promise 5: at every moment, what a file has works, unless somebody ended it or the file was edited. */
function deadInFiles(life: Life): string[] {
  return valuesInFiles(life)
    .filter(({ value }) => life.values.has(value) && !life.expendable.has(value))
    .filter(({ value }) => !life.world.server.works(value))
    .map(({ file, variable }) => `5: what ${variable} in ${file} has is dead`);
}

/** Promises 1 and 2: the value of every living key is here, and it is the one that the record describes. */
function lostValues({ world }: Life): string[] {
  return (
    world.records.keys
      .all()
      .filter((key) => key.revokedAt === null && key.attention !== 'not-stored')
      .filter((key) => world.stored(key.id) === null && !world.ports.unstored.has(key.id))
      // One that could not be stored and is to be revoked needs its value no more.
      .filter((key) => !world.journal.unfinished().some((work) => keyBeingRevoked(work) === key.id))
      .map((key) => `2: the value of "${key.name}" (${key.status}, ${key.attention}) is lost`)
  );
}

/** "Revoked" is said only of what does not work any more. */
function falselyRevoked({ world }: Life): string[] {
  return world.records.keys
    .all()
    .filter((key) => key.revokedAt !== null && world.server.works(world.stored(key.id) ?? ''))
    .map((key) => `2: "${key.name}" is said to be revoked and works`);
}

/** A grace never promises more than the old key's own end. */
const pastExpiry = ({ world }: Life): string[] =>
  world.records.keys
    .all()
    .filter((key) => key.retiresAt !== null && key.expiresAt !== null && key.retiresAt > key.expiresAt)
    .map((key) => `5: the grace of "${key.name}" is longer than its life`);

/** No value is in what is written down. */
function leaked({ world, values }: Life): string[] {
  const written = JSON.stringify([
    world.records.keys.all(),
    world.journal.history.at(-1) ?? null,
    world.activity.entries.at(-1) ?? null,
  ]);
  return [...values].filter((value) => written.includes(value)).map(() => '6: a value is written down');
}

/** A key is planned for what was asked for it, and for nothing that was asked for another. */
const strangePlans = ({ world, plans }: Life): string[] =>
  world.records.keys
    .all()
    .filter(({ id, plannedDay }) => !(plans.get(id) ?? new Set([null])).has(plannedDay))
    .map(({ name, plannedDay }) => `6: "${name}" is planned for ${plannedDay}, which nobody asked for`);
