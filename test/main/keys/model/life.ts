import { parseEnv } from 'node:util';
import type { Provider } from '../../../../main/providers/provider.ts';
import type { KeyId } from '../../../../shared/domain/ids.ts';
import type { KeyRecord } from '../../../../shared/domain/key.ts';
import type { Work } from '../../../../shared/domain/work.ts';
import type { ServerKey } from '../../../fakes/fake-provider.ts';
import { createKeyWorld, type KeyWorld } from '../../../support/key-world.ts';

/** What a provider offers, in the ways that lead to different recipes. */
export interface Kind {
  readonly title: string;
  readonly lacks: readonly ('create' | 'list' | 'revoke' | 'check')[];
  readonly listsNames: boolean;
  readonly rotates: { readonly keepsId: boolean; readonly graceSeconds: number } | null;
}

/** A key world in which everything is watched: what breaks a promise is noted at the moment at which it happens. */
export interface Life {
  readonly kind: Kind;
  readonly world: KeyWorld;
  /** What broke, in words; empty as long as every promise holds. */
  readonly broken: string[];
  /** The server's keys that were made for the app, not by the account's owner. */
  readonly madeForUs: Set<ServerKey>;
  /** Values that may die though a file has them: somebody wanted their end, or put them back behind the app's back. */
  readonly expendable: Set<string>;
  /** Values whose grace somebody ended early. */
  readonly hurried: Set<string>;
  /** The latest time that there was before the clock was set back: a grace that was over stays over. */
  latest: number;
  /** The files that somebody else has edited. */
  readonly edited: Set<string>;
  /** The server's keys that somebody let go in full knowledge: deleted here and left alive there, or told of and given up. */
  readonly released: Set<ServerKey>;
  /** The keys that somebody wanted to be forgotten here: their values may go first. */
  readonly forgotten: Set<KeyId>;
  /** For each key, the days that it may be planned for: the last that was asked for, and what a cut or a failure leaves open. */
  readonly plans: Map<KeyId, ReadonlySet<string | null>>;
  /** Every value that the server ever gave out. */
  readonly values: Set<string>;
  /** Local troubles that are armed; none of them strikes after `allWell`. */
  readonly troubles: { isArmed: boolean }[];
  /** At which effect the power goes again while the app recovers; null: not again. */
  againAt: number | null;
  /** Does something in the app. A cut on the way ends it, and the app starts again as it would. */
  does<T>(act: () => Promise<T>): Promise<T | 'power cut'>;
  restart(): Promise<void>;
  /** From now on neither the power, nor the disk, nor the server fails. */
  allWell(): void;
  /** The provider's servers have heard of all that was made and revoked so far. */
  everybodyKnows(): void;
  /** The work that is not finished, oldest first. */
  unfinished(): readonly Work[];
  /** The server's key behind a record, by its value or else by its id. */
  atServer(id: Parameters<KeyWorld['key']>[0]): ServerKey | undefined;
}

/** Begins a life at a provider of this kind. */
export function beginLife(kind: Kind): Life {
  const world = createKeyWorld();
  const { server } = world;
  for (const operation of kind.lacks) server.behaviour.lacks.add(operation);
  server.behaviour.listsNames = kind.listsNames;
  if (kind.rotates !== null) {
    server.behaviour.lacks.delete('rotate');
    server.behaviour.rotationKeepsId = kind.rotates.keepsId;
    server.behaviour.rotateGraceSeconds = kind.rotates.graceSeconds;
  }

  const life: Life = {
    kind,
    world,
    broken: [],
    madeForUs: new Set(),
    expendable: new Set(),
    hurried: new Set(),
    latest: 0,
    edited: new Set(),
    released: new Set(),
    forgotten: new Set(),
    plans: new Map(),
    values: new Set(),
    troubles: [],
    againAt: null,
    async does(act) {
      const outcome = await Promise.race([act(), world.power.gone]);
      if (outcome === 'power cut') await life.restart();
      return outcome as Awaited<ReturnType<typeof act>> | 'power cut';
    },
    async restart() {
      for (;;) {
        world.restart();
        if (life.againAt !== null) world.power.cutAfter(life.againAt);
        life.againAt = null;
        if ((await world.resume()) !== 'power cut') return;
      }
    },
    allWell() {
      for (const trouble of life.troubles) trouble.isArmed = false;
      life.againAt = null;
      const { behaviour } = server;
      server.failNextLists(0);
      server.failNextRevocations(0);
      server.failNextChecks(0);
      behaviour.refusesNewKeyFor = 0;
      behaviour.acceptsRevokedKeyFor = 0;
      behaviour.keyLimit = Number.POSITIVE_INFINITY;
      life.everybodyKnows();
    },
    everybodyKnows() {
      for (const key of server.keys) {
        key.unheardOf = 0;
        key.lingering = 0;
      }
    },
    unfinished: () => world.journal.unfinished(),
    atServer(id) {
      const value = world.stored(id);
      const { providerKeyId } = world.key(id);
      return (
        server.keys.find((key) => value !== null && key.secret === value) ??
        server.keys.find((key) => key.id === providerKeyId)
      );
    },
  };

  watchServer(life);
  watchRecords(life);
  const { onRevoke } = server;
  server.onRevoke = (key) => {
    onRevoke(key);
    lookAtRevocation(life, key);
  };
  // What is watched is wired into the next run.
  world.restart();
  return life;
}

/** Every value in the variables of every file, as its readers see it. */
export const valuesInFiles = ({ world }: Life): { file: string; variable: string; value: string }[] =>
  [...world.envFiles.files].flatMap(([file, text]) =>
    Object.entries(parseEnv(text)).map(([variable, value]) => ({ file, variable, value: value ?? '' })),
  );

/** Promise 3: before a second create for the same key, whatever the first may have made has been looked for and is gone. */
function watchServer(life: Life): void {
  const { server } = life.world;
  const provider = Object.getOwnPropertyDescriptor(server, 'provider')?.get;
  if (provider === undefined) throw new Error('The fake server has no provider');
  const asked = new Map<string, number>();
  Object.defineProperty(server, 'provider', {
    get: () => {
      const real = provider.call(server) as Provider;
      const watched: Provider = {
        ...real,
        async create(label, request, answers) {
          const before = asked.get(label);
          const since = before === undefined ? [] : server.requests.slice(before);
          const hasLooked = since.some((one) => one === 'list' || one.startsWith('revoke k'));
          // The owner may have revoked it in the dashboard and said so.
          const isKnownDead = server.keys.some((key) => key.label === label && !key.active);
          if (before !== undefined && !hasLooked && !isKnownDead)
            life.broken.push(`3: asked again for "${label}" blindly`);
          if (server.alive().some((key) => key.label === label && life.madeForUs.has(key)))
            life.broken.push(`3: asked for "${label}" while one is alive`);
          const known = new Set(server.keys);
          const issued = await real.create(label, request, answers);
          asked.set(label, server.requests.length);
          noteNew(life, known);
          return issued;
        },
        async rotate(...given) {
          const known = new Set(server.keys);
          const rotated = await real.rotate(...given);
          noteNew(life, known);
          return rotated;
        },
      };
      return watched;
    },
  });
}

function noteNew(life: Life, known: ReadonlySet<ServerKey>): void {
  for (const key of life.world.server.keys) {
    if (!known.has(key)) life.madeForUs.add(key);
    if (key.secret !== '') life.values.add(key.secret);
  }
}

/** Promise 1: no key is recorded, so that it can be shown, whose value is not stored; unless the record says just that. */
function watchRecords({ world, broken }: Life): void {
  const { keys } = world.records;
  const put = keys.put.bind(keys);
  Object.assign(keys, {
    put: (record: Parameters<typeof put>[0]) => {
      const isStored = world.items.has(`key/${record.id}`) || record.attention === 'not-stored';
      const isNew = keys.get(record.id) === undefined;
      if (isNew && !isStored) broken.push(`1: "${record.name}" is on the list and not stored`);
      return put(record);
    },
  });
}

/** Promise 5: nothing that a file still needs ends, and no grace is cut short, unless somebody wants it. */
function lookAtRevocation(life: Life, key: ServerKey): void {
  const { world, broken, expendable } = life;
  if (expendable.has(key.secret)) return;
  for (const { file, variable, value } of valuesInFiles(life))
    if (value === key.secret) broken.push(`5: ${key.id} is revoked while ${variable} in ${file} has it`);
  const record = world.records.keys
    .all()
    .find((one) => one.revokedAt === null && world.stored(one.id) === key.secret);
  if (record === undefined || record.replacedBy === null) return;
  if (
    record.retiresAt !== null &&
    record.retiresAt > Math.max(world.clock.now(), life.latest) &&
    !life.hurried.has(key.secret)
  )
    broken.push(`5: ${key.id} is revoked before its grace is over`);
  const last = endOfChain(life, record.replacedBy);
  // It may have been deleted here by its owner, who let it live, or be about to be, or revoked because they wanted that.
  if (last === undefined || last.revokedAt !== null || life.forgotten.has(last.id)) return;
  const replacement = world.stored(last.id);
  if (replacement === null) broken.push(`5: ${key.id} is revoked and its replacement is not stored`);
  else if (!world.server.works(replacement) && !expendable.has(replacement))
    broken.push(`5: ${key.id} is revoked and its replacement does not work`);
}

/** The replacement that has not been replaced itself. */
function endOfChain(life: Life, id: KeyId): KeyRecord | undefined {
  const key = life.world.records.keys.get(id);
  return key === undefined || key.replacedBy === null ? key : endOfChain(life, key.replacedBy);
}
