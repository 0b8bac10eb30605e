import { parseEnv } from 'node:util';
import { deleteKey } from '../../../../main/keys/delete-key.ts';
import { planKeys } from '../../../../main/keys/plan-keys.ts';
import { requestRevocation } from '../../../../main/keys/request-revocation.ts';
import { requestReplacement, requestRotation } from '../../../../main/keys/request-rotation.ts';
import { takeValue } from '../../../../main/keys/take-value.ts';
import { unlinkTarget } from '../../../../main/keys/unlink-target.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import { failure } from '../../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../../shared/domain/key.ts';
import { type Grace, keyBeingRevoked, type Work } from '../../../../shared/domain/work.ts';
import { ok } from '../../../../shared/result.ts';
import type { ServerKey } from '../../../fakes/fake-provider.ts';
import type { Outcome } from '../../../support/key-world.ts';
import { envFile, into, otherEnvFile } from '../../../support/key-world.ts';
import type { Life } from './life.ts';

/** What the user has every right to expect of a key by its name. `open`: something happened that only they can judge. */
export type Expected = 'alive' | 'ended' | 'open';

/** The simple model: what should be, by the keys' names, told by what was asked and answered. */
export interface Model {
  readonly keys: Map<string, Expected>;
}

/** Something that somebody does; it answers when nothing of it runs any more. */
export type Deed = (model: Model, life: Life) => Promise<void>;

const targetSets = [[], [into(envFile)], [into(envFile), into(otherEnvFile, 'MAIL_KEY')]] as const;

/** Every key has variables of its own, so that two keys never mean the same line. */
const targetsFor = (name: string, which: number) =>
  (targetSets[which % targetSets.length] ?? []).map(({ file }) => into(file, `KEY_${name.toUpperCase()}`));

export function pick<T>(from: readonly T[], index: number): T | undefined {
  return from.length === 0 ? undefined : from[index % from.length];
}

const living = ({ world }: Life): KeyRecord[] =>
  world.records.keys.all().filter((key) => key.revokedAt === null);

const isFinished = (outcome: Outcome): boolean =>
  outcome !== 'power cut' &&
  outcome.ok &&
  outcome.value.state.step === 'finished' &&
  outcome.value.state.outcome === 'done';

/** What a refused deed leaves: nothing anywhere. */
const isRefused = (outcome: Outcome): boolean => outcome !== 'power cut' && !outcome.ok;

export const issue =
  (name: string, targets: number): Deed =>
  async (model, life) => {
    const isTaken = living(life).some((key) => key.name === name);
    const asked = life.world.server.requests.length;
    const outcome = await life.does(() => life.world.issue({ name, targets: targetsFor(name, targets) }));
    if (isTaken && outcome !== 'power cut' && life.world.server.requests.length > asked)
      life.broken.push(`4: the name "${name}" is taken and the provider was asked`);
    if (isFinished(outcome)) model.keys.set(name, 'alive');
    else if (!isRefused(outcome)) model.keys.set(name, 'open');
  };

/** The name of local trouble, and how the preflight meets it. */
export const localTroubles = ['unwritable', 'no-folder', 'locked', 'name-taken'] as const;

/** Promise 4: where anything local stands in the way, the provider hears nothing, and nothing is left behind. */
export const issueWithTrouble =
  (trouble: (typeof localTroubles)[number]): Deed =>
  async (_model, life) => {
    const { world } = life;
    const taken = living(life)[0]?.name;
    if (trouble === 'name-taken' && taken === undefined) return;
    const name = trouble === 'name-taken' ? (taken ?? '') : 'never-made';
    if (trouble === 'unwritable')
      world.envFiles.failNext('preflight', failure('file-unwritable', { file: envFile, reason: 'EACCES' }));
    if (trouble === 'no-folder') world.envFiles.folders = new Set(['/elsewhere']);
    if (trouble === 'locked') world.secretStore.failWith(failure('keychain-locked'));
    const before = [
      world.server.requests.length,
      world.journal.history.length,
      world.records.keys.all().length,
    ];
    const outcome = await life.does(() => world.issue({ name, targets: targetsFor('x', 1) }));
    world.envFiles.folders = null;
    world.secretStore.failWith(null);
    if (outcome === 'power cut') return;
    const after = [
      world.server.requests.length,
      world.journal.history.length,
      world.records.keys.all().length,
    ];
    if (outcome.ok || String(before) !== String(after))
      life.broken.push(`4: not all local (${trouble}), and asked`);
  };

export const takeIn =
  (name: string, targets: number): Deed =>
  async (model, life) => {
    const made = life.world.server.makeByHand(`By hand ${name}`);
    life.values.add(made.secret);
    const outcome = await life.does(() =>
      life.world.takeIn(made.secret, { name, targets: targetsFor(name, targets) }),
    );
    if (isFinished(outcome)) model.keys.set(name, 'alive');
    else if (!isRefused(outcome)) model.keys.set(name, 'open');
  };

/** A rotation, or the replacement of a key that has leaked. */
async function replace(
  model: Model,
  life: Life,
  index: number,
  wish: { readonly grace: Grace; readonly leaked: boolean; readonly atOnce: boolean },
): Promise<void> {
  const key = pick(living(life), index);
  if (key === undefined) return;
  const { ports, works } = life.world;
  const value = life.world.stored(key.id) ?? '';
  // A provider that replaces the value itself ends the old one; the user has said that it may.
  const isOpen = wish.atOnce || life.kind.rotates !== null;
  const wasAllowed = life.expendable.has(value);
  if (isOpen) life.expendable.add(value);
  const outcome = await life.does<Outcome>(async () => {
    const { grace, atOnce } = wish;
    const begun = wish.leaked
      ? await requestReplacement(ports, works, key.id, { revokeFirst: atOnce, confirmName: '', answers: {} })
      : await requestRotation(ports, works, key.id, { grace, oldDiesNow: isOpen, answers: {} });
    return begun.ok ? ok(await begun.value.ended) : begun;
  });
  if (isRefused(outcome) && !wasAllowed) life.expendable.delete(value);
  if (isOpen && !isRefused(outcome)) model.keys.set(key.name, 'open');
}

export const rotate =
  (index: number, grace: Grace): Deed =>
  (model, life) =>
    replace(model, life, index, { grace, leaked: false, atOnce: false });

export const replaceLeaked =
  (index: number, atOnce: boolean): Deed =>
  (model, life) =>
    replace(model, life, index, { grace: 'now', leaked: true, atOnce });

/** The old key is wanted back. */
export const undo =
  (index: number): Deed =>
  async (model, life) => {
    const work = pick(
      life.unfinished().filter((one) => one.kind === 'rotate'),
      index,
    );
    if (work === undefined) return;
    const name = nameOf(life, work);
    const outcome = await life.does<Outcome>(() => life.world.works.undo(work.id, {}));
    // One that was to end with its replacement is back.
    if (!isRefused(outcome) && model.keys.get(name) === 'ended') model.keys.set(name, 'open');
  };

export const revoke =
  (index: number): Deed =>
  async (model, life) => {
    const key = pick(living(life), index);
    if (key === undefined) return;
    const hasSuccessor = key.replacedBy !== null;
    const value = life.world.stored(key.id) ?? '';
    // The wish to end a key that has been replaced ends its grace: what files have must be the new value all the same.
    const allowed = hasSuccessor ? life.hurried : life.expendable;
    const wasAllowed = allowed.has(value);
    allowed.add(value);
    const { ports, works } = life.world;
    const isInRotation = works.ofKey(key.id)?.kind === 'rotate';
    // After a rotation that was given up there may be two of the name.
    const isTheOnlyOne =
      living(life).filter((one) => one.name === key.name && one.replacedBy === null).length === 1;
    const outcome = await life.does<Outcome>(() =>
      requestRevocation(ports, works, key.id, { confirmName: '', answers: {} }),
    );
    if (isRefused(outcome) && !wasAllowed) allowed.delete(value);
    if (hasSuccessor || isRefused(outcome)) return;
    // In a rotation that revokes first it only goes on with that.
    if (isInRotation) model.keys.set(key.name, 'open');
    else model.keys.set(key.name, isFinished(outcome) && isTheOnlyOne ? 'ended' : 'open');
  };

/** The key is forgotten here, and revoked there first or left alive. */
export const remove =
  (index: number, atProvider: 'revoke' | 'leave-alive' | null): Deed =>
  async (model, life) => {
    const { world } = life;
    const key = pick(world.records.keys.all(), index);
    if (key === undefined) return;
    const atServer = life.atServer(key.id);
    const forget = () => life.does(() => deleteKey(world.ports, world.works, key.id, { atProvider }));
    const value = world.stored(key.id) ?? '';
    life.forgotten.add(key.id);
    if (atProvider === 'revoke') (key.replacedBy === null ? life.expendable : life.hurried).add(value);
    const outcome = await forget();
    // A cut between the value and the record leaves a record, which is deleted again.
    const isHalfDeleted = () =>
      value !== '' && world.stored(key.id) === null && world.records.keys.get(key.id) !== undefined;
    for (let times = 0; isHalfDeleted() && times < 3; times += 1) {
      life.allWell();
      await forget();
    }
    const isGone = world.records.keys.get(key.id) === undefined;
    if (isGone && atProvider === 'leave-alive' && atServer !== undefined) life.released.add(atServer);
    const hasChanged = isGone || outcome === 'power cut' || atProvider === 'revoke';
    if (hasChanged && key.revokedAt === null) model.keys.set(key.name, 'open');
  };

/** A file is forgotten as a target, with or without the key's lines in it. */
export const unlink =
  (index: number, which: number, removeLines: boolean): Deed =>
  async (_model, life) => {
    const { world } = life;
    const key = pick(
      living(life).filter(({ targets }) => targets.length > 0),
      index,
    );
    const target = pick(key?.targets ?? [], which);
    if (key === undefined || target === undefined) return;
    const before = world.envFiles.files.get(target.file) ?? '';
    const outcome = await life.does(() =>
      unlinkTarget(world.ports, world.works, key.id, { targetId: target.id, removeLines }),
    );
    const isForgotten = !world.key(key.id).targets.some(({ id }) => id === target.id);
    // What stays in a file that nobody knows of any more is the user's to answer for.
    const variable = target.variables.API_KEY ?? '';
    const left = world.variable(target.file, variable);
    if (isForgotten && left !== undefined) life.expendable.add(left);
    if (isForgotten && removeLines && left !== undefined && left === world.stored(key.id))
      life.broken.push(`7: ${variable} was to leave ${target.file} and is there`);
    if (!isForgotten && world.envFiles.files.get(target.file) !== before) life.edited.add(target.file);
    if (outcome !== 'power cut' && outcome.ok && !removeLines && left !== parseEnv(before)[variable])
      life.broken.push(`7: ${variable} was to stay in ${target.file}`);
  };

/** Somebody puts a key that they have made into a file, and the vault is to take it from there. */
export const takeValueFrom =
  (index: number, which: number, grace: Grace): Deed =>
  async (_model, life) => {
    const { world } = life;
    const key = pick(
      living(life).filter(({ targets, replacedBy }) => targets.length > 0 && replacedBy === null),
      index,
    );
    const target = pick(key?.targets ?? [], which);
    if (key === undefined || target === undefined) return;
    const made = world.server.makeByHand('By hand, into a file');
    life.values.add(made.secret);
    const { files } = world.envFiles;
    const others = (files.get(target.file) ?? '')
      .split('\n')
      .filter((line) => !line.startsWith(`${target.variables.API_KEY}=`));
    files.set(target.file, [`${target.variables.API_KEY}=${made.secret}`, ...others].join('\n'));
    life.edited.add(target.file);
    const wish = { targetId: target.id, grace, confirmName: '', anyForm: false, isSecret: () => true };
    await life.does<Outcome>(async () => {
      const begun = await takeValue(world.ports, world.works, key.id, wish);
      return begun.ok ? ok(await begun.value.ended) : begun;
    });
    if (world.server.requests.includes(`revoke ${made.id}`))
      life.broken.push(`3: ${made.id} is the user's own, and was revoked`);
  };

/** The user plans a few keys at once, whatever they are in. */
export const plan =
  (index: number, count: number, day: string | null): Deed =>
  async (_model, life) => {
    const keys = living(life);
    const ids = [
      ...new Set(Array.from({ length: count }, (_, more) => pick(keys, index + more)?.id ?? []).flat()),
    ];
    if (ids.length === 0) return;
    const before = new Map(ids.map((id) => [id, life.plans.get(id) ?? new Set([null])]));
    for (const id of ids) life.plans.set(id, new Set([...(before.get(id) ?? []), day]));
    const plans = ids.map((id) => ({ id, day }));
    const outcome = await life.does(() => planKeys(life.world.ports, plans));
    if (outcome === 'power cut' || !outcome.ok) return;
    // One that is not stored may be made anew, as a key that nobody has planned.
    for (const id of ids)
      life.plans.set(id, new Set(life.world.key(id).attention === 'not-stored' ? [day, null] : [day]));
  };

export const revokeInDashboard =
  (index: number): Deed =>
  async (model, life) => {
    const key = pick(life.world.server.alive(), index);
    if (key === undefined) return;
    life.expendable.add(key.secret);
    for (const record of living(life))
      if (life.world.stored(record.id) === key.secret) model.keys.set(record.name, 'open');
    // It may be on its way into the vault, at a provider that nobody can ask about it.
    for (const { newKey } of life.unfinished())
      if (newKey?.label === key.label) model.keys.set(newKey.name, 'open');
    life.world.server.revokeByHand(key.id);
  };

/** Does what the stopped work asks for, as a patient user would. */
export const attend =
  (index: number): Deed =>
  async (model, life) => {
    const work = pick(life.unfinished(), index);
    if (work !== undefined) await attendTo(model, life, work);
  };

export async function attendTo(model: Model, life: Life, work: Work): Promise<void> {
  const { world } = life;
  switch (work.blocked?.code) {
    case 'key-needed': {
      const made = world.server.makeByHand('By hand again');
      life.values.add(made.secret);
      await life.does(() => world.goOn(work, { key: { API_KEY: new Secret(made.secret) } }));
      return;
    }
    case 'revocation-needed':
      revokeByHandFor(life, work);
      await life.does(() => world.goOn(work, { doneByHand: true }));
      return;
    case 'key-not-verified':
      model.keys.set(nameOf(life, work), 'open');
      await life.does(() => world.goOn(work));
      await life.does(() => world.works.giveUp(work.id));
      return;
    default:
      if (work.state.step === 'outcome-unknown') await decide(model, life, work);
      else await life.does(() => world.goOn(work));
  }
}

/** The user does in the dashboard what the provider does not offer: they revoke what this work is to end. */
function revokeByHandFor({ world, ...life }: Life, work: Work): void {
  const id = keyBeingRevoked(work);
  const record = id === null ? undefined : world.records.keys.get(id);
  const isWanted = (key: ServerKey): boolean =>
    id === null
      ? life.madeForUs.has(key) && key.label === work.newKey?.label
      : key.secret === world.stored(id) || key.id === (record ?? work.newKey)?.providerKeyId;
  for (const key of world.server.alive()) if (isWanted(key)) world.server.revokeByHand(key.id);
}

/** An unknown outcome: its strays are revoked; where that cannot be, the user looks in the dashboard and gives it up. */
async function decide(model: Model, life: Life, work: Work): Promise<void> {
  const { world } = life;
  if (work.kind === 'rotate' && work.origin === 'rotated') model.keys.set(nameOf(life, work), 'open');
  // Where nothing is named yet, that is done first.
  if (work.state.step === 'outcome-unknown' && work.state.strays === null) {
    const looked = await life.does(() => world.works.revokeStrays(work.id, {}));
    if (looked === 'power cut') return;
  }
  const { state } = world.works.get(work.id) ?? work;
  if (state.step !== 'outcome-unknown') return;
  const named = state.strays ?? [];
  for (const key of world.server.keys) if (named.includes(key.id)) life.expendable.add(key.secret);
  const revoked = await life.does(() => world.works.revokeStrays(work.id, {}));
  if (revoked === 'power cut' || world.works.get(work.id)?.state.step === 'finished') return;
  for (const key of world.server.alive())
    if (
      named.includes(key.id) ||
      (life.madeForUs.has(key) && key.label === work.newKey?.label && !isHeld(life, key.id))
    )
      world.server.revokeByHand(key.id);
  await life.does(() => world.goOn(work, { doneByHand: true }));
  if (world.works.get(work.id)?.state.step === 'outcome-unknown')
    await life.does(() => world.works.giveUp(work.id));
}

const isHeld = ({ world }: Life, id: string): boolean =>
  world.records.keys.all().some((key) => key.revokedAt === null && key.providerKeyId === id);

const nameOf = ({ world }: Life, work: Work): string =>
  world.records.keys.get(work.keyId)?.name ?? work.newKey?.name ?? '';

export const giveUp =
  (index: number): Deed =>
  async (_model, life) => {
    const work = pick(life.unfinished(), index);
    if (work === undefined) return;
    const strays = life.world.server
      .alive()
      .filter((key) => life.madeForUs.has(key) && key.label === work.newKey?.label && !isHeld(life, key.id));
    const { state } = life.world.works.get(work.id) ?? work;
    await life.does(() => life.world.works.giveUp(work.id));
    // The outcome stays unknown, and the user was told so.
    const isGivenUp = !life.unfinished().some(({ id }) => id === work.id);
    if (isGivenUp && state.step === 'outcome-unknown') for (const key of strays) life.released.add(key);
  };

export const endGrace =
  (index: number): Deed =>
  async (_model, life) => {
    const { world } = life;
    const inGrace = life.unfinished().filter((one) => one.state.step === 'retiring');
    const work = pick(inGrace, index);
    if (work === undefined) return;
    life.hurried.add(world.stored(work.keyId) ?? '');
    await life.does(() => world.works.endGrace(work.id, {}));
  };

export const restart: Deed = async (_model, life) => life.restart();

/** The power goes at the nth effect from now, and perhaps once more while the app recovers. */
export const cutPower =
  (nth: number, when: 'cutBefore' | 'cutAfter', again: number | null): Deed =>
  async (_model, life) => {
    life.world.power[when](nth);
    life.againAt = again;
  };

/** In this time a provider's servers have told each other what they know. */
const spreadMs = 3_600_000;

/** Time passes, or the clock is set back. A provider's own grace is told by the same clock here, which never goes back. */
export const wait =
  (ms: number): Deed =>
  async (_model, life) => {
    if (ms < 0 && life.kind.rotates !== null) return;
    life.latest = Math.max(life.latest, life.world.clock.now());
    life.world.clock.advance(ms);
    if (ms >= spreadMs) life.everybodyKnows();
    await life.does(() => life.world.tick());
  };
