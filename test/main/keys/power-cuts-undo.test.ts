import { describe, expect, it } from 'vitest';
import { Secret } from '../../../main/secrets/secret.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { Work } from '../../../shared/domain/work.ts';
import {
  createKeyWorld,
  envFile,
  finished,
  hourMs,
  into,
  type KeyWorld,
  otherEnvFile,
  workOf,
} from '../../support/key-world.ts';
import { cuts, endOf, expectWhole, times } from './power-cut-ends.ts';

const targets = [into(envFile), into(otherEnvFile, 'MAIL_KEY')];
const full = failure('storage-failed', { file: 'journal', reason: 'full' });
const unwritable = failure('file-unwritable', { file: otherEnvFile, reason: 'read-only' });

/** How far a rotation came before it is undone, and what the user does when the undoing waits for them. */
interface Begun {
  readonly world: KeyWorld;
  readonly oldKey: KeyRecord;
  readonly work: Work;
}
interface Start {
  readonly begin: () => Promise<Begun>;
  readonly attend?: (begun: Begun) => Promise<void>;
}

async function rotated(trouble: (world: KeyWorld) => void = () => undefined): Promise<Begun> {
  const world = createKeyWorld();
  const oldKey = await world.aKey(targets);
  trouble(world);
  return { world, oldKey, work: workOf(await world.rotate(oldKey, '24-hours')) };
}

async function rotatedByHand(): Promise<Begun> {
  const world = createKeyWorld();
  world.server.behaviour.lacks.add('create').add('revoke');
  const { secret } = world.server.makeByHand('Old');
  const oldKey = world.key(finished(await world.takeIn(secret, { targets })).keyId);
  const waits = workOf(await world.rotate(oldKey, '24-hours'));
  const made = world.server.makeByHand('New');
  const work = workOf(await world.goOn(waits, { key: { API_KEY: new Secret(made.secret) } }));
  return { world, oldKey, work };
}

const journalFailsAt = (step: string) => (world: KeyWorld) =>
  world.failsWhen('journal.write', full, () => world.journal.history.at(-1)?.state.step === step);

const starts: Record<string, Start> = {
  'in its grace': { begin: rotated },
  'that stopped before it was known to be stored': { begin: () => rotated(journalFailsAt('created')) },
  'that stopped before it was verified': { begin: () => rotated((world) => world.server.failNextChecks(1)) },
  'that stopped with one of two files written': {
    begin: () =>
      rotated((world) =>
        world.failsWhen('envFiles.write', unwritable, () => {
          const [newest] = world.server.keys.slice(1);
          return newest !== undefined && world.variable(envFile, 'API_KEY') === newest.secret;
        }),
      ),
  },
  'that stopped before its grace began': { begin: () => rotated(journalFailsAt('verified')) },
  'of a key that the user makes and revokes': {
    begin: rotatedByHand,
    async attend({ world, work }) {
      const [, made] = world.server.keys;
      const waits = world.works.get(work.id);
      if (made === undefined || waits?.blocked?.code !== 'revocation-needed') return;
      world.server.revokeByHand(made.id);
      await world.goOn(waits, { doneByHand: true });
    },
  },
};

/** The old key is as it was, and the new one is gone, after no file needed it any more. */
function expectUndone({ world, oldKey }: Begun): void {
  expectWhole(world);
  expect(world.key(oldKey.id)).toEqual(oldKey);
  expect(world.server.alive().map((key) => key.id)).toEqual([oldKey.providerKeyId]);
  expect(world.revocations.map((one) => one.key.id)).not.toContain(oldKey.providerKeyId);
  for (const { files } of world.revocations)
    for (const target of oldKey.targets) expect(files.get(target.file)).toContain(world.stored(oldKey.id));
}

const isWrittenDown = (world: KeyWorld): boolean =>
  world.journal.history.some((work) => work.state.step === 'restoring');

describe.each(Object.entries(starts))(
  'undoing a rotation %s ends the same whenever the power goes',
  (_title, start) => {
    async function undo(begun: Begun): Promise<void> {
      await begun.world.undo(begun.work);
      await start.attend?.(begun);
    }

    async function undisturbed() {
      const begun = await start.begin();
      const before = begun.world.power.effects.length;
      await undo(begun);
      expectUndone(begun);
      return { end: endOf(begun.world), effects: begun.world.power.effects.length - before };
    }

    /** What the next start makes of it, and the user, who undoes it once more where it never was written down. */
    async function recover(begun: Begun): Promise<void> {
      await begun.world.resume();
      await undo(begun);
    }

    it('once, at any effect', async () => {
      const { end, effects } = await undisturbed();
      expect(effects).toBeGreaterThan(8);
      for (const nth of times(effects)) {
        for (const cut of cuts) {
          const begun = await start.begin();
          const { world } = begun;
          world.power[cut](nth);
          await undo(begun);
          world.restart();
          const wasWrittenDown = isWrittenDown(world);
          await recover(begun);
          expectUndone(begun);
          // A rotation that went on by itself before it was undone has recorded its new key.
          if (wasWrittenDown) expect([cut, nth, endOf(world)]).toEqual([cut, nth, end]);
          world.clock.advance(25 * hourMs);
          await world.tick();
          expectUndone(begun);
        }
      }
    });

    it('twice, the second time while it recovers', async () => {
      const { end, effects } = await undisturbed();
      for (const nth of times(effects)) {
        for (let second = 1, isCut = true; isCut; second += 1) {
          const begun = await start.begin();
          const { world } = begun;
          world.power.cutAfter(nth);
          await undo(begun);
          world.restart();
          if (!isWrittenDown(world)) break;
          world.power.cutBefore(second);
          await recover(begun);
          isCut = world.power.effects.length === second;
          world.restart();
          await recover(begun);
          expectUndone(begun);
          expect([nth, second, endOf(world)]).toEqual([nth, second, end]);
        }
      }
    });
  },
);
