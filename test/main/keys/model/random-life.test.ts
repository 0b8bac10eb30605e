import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { envFile, otherEnvFile } from '../../../support/key-world.ts';
import * as deeds from './deeds.ts';
import { beginLife, type Kind, type Life } from './life.ts';
import * as misfortunes from './misfortunes.ts';
import { expectPromisesKept } from './promises.ts';
import { expectAsExpected, settle } from './settle.ts';

const isNightly = process.env.KEYTURN_NIGHTLY === '1';
const runs = isNightly ? 1_000 : 100;
const steps = 30;

const kinds: readonly (readonly [weight: number, kind: Kind])[] = [
  [6, { title: 'offers everything', lacks: [], listsNames: true, rotates: null }],
  [2, { title: 'lists no names', lacks: [], listsNames: false, rotates: null }],
  [1, { title: 'has no list', lacks: ['list'], listsNames: true, rotates: null }],
  [1, { title: 'has no check', lacks: ['check'], listsNames: true, rotates: null }],
  [1, { title: 'revokes in its dashboard', lacks: ['revoke'], listsNames: true, rotates: null }],
  [2, { title: 'makes keys in its dashboard', lacks: ['create'], listsNames: true, rotates: null }],
  [1, { title: 'has a dashboard only', lacks: ['create', 'revoke'], listsNames: true, rotates: null }],
  [
    1,
    {
      title: 'replaces in place',
      lacks: ['create'],
      listsNames: true,
      rotates: { keepsId: true, graceSeconds: 0 },
    },
  ],
  [
    1,
    { title: 'replaces', lacks: ['create'], listsNames: true, rotates: { keepsId: false, graceSeconds: 0 } },
  ],
  [
    1,
    {
      title: 'replaces with an hour',
      lacks: ['create'],
      listsNames: true,
      rotates: { keepsId: false, graceSeconds: 3_600 },
    },
  ],
];

const hour = 3_600_000;
const index = fc.nat(7);
const name = fc.constantFrom('mail', 'shop', 'maps', 'sms');
const manyTargets = fc.constantFrom(2, 1, 2, 0);
const grace = fc.constantFrom('now', '1-hour', '24-hours', '7-days', '30-days');

/** One step of a life: a deed with its words, so that a sequence that breaks a promise can be read. */
class Step implements fc.AsyncCommand<deeds.Model, Life> {
  readonly title: string;
  readonly deed: deeds.Deed;
  constructor(title: string, deed: deeds.Deed) {
    this.title = title;
    this.deed = deed;
  }
  check = (): boolean => true;
  async run(model: deeds.Model, life: Life): Promise<void> {
    await this.deed(model, life);
    expectPromisesKept(life);
  }
  toString = (): string => this.title;
}

function step<A extends unknown[]>(
  title: string,
  deed: (...given: A) => deeds.Deed,
  ...given: { [K in keyof A]: fc.Arbitrary<A[K]> }
): fc.Arbitrary<Step> {
  return fc
    .tuple(...(given as fc.Arbitrary<unknown>[]))
    .map((values) => new Step(`${title}(${values.map(String).join(', ')})`, deed(...(values as A))));
}

const often = [
  step('issue', deeds.issue, name, manyTargets),
  step('rotate', deeds.rotate, index, grace),
  step(
    'cutPower',
    deeds.cutPower,
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom('cutBefore', 'cutAfter'),
    fc.option(fc.integer({ min: 1, max: 8 })),
  ),
  step('attend', deeds.attend, index),
  step('undo', deeds.undo, index),
  step('server', misfortunes.remoteMisfortune, fc.constantFrom(...misfortunes.remoteMisfortunes)),
  step(
    'aFileCannotBeWritten',
    misfortunes.localMisfortune,
    fc.constant('a file cannot be written'),
    fc.integer({ min: 1, max: 2 }),
  ),
  step(
    'local',
    misfortunes.localMisfortune,
    fc.constantFrom(...misfortunes.localMisfortunes),
    fc.integer({ min: 1, max: 4 }),
  ),
  step('wait', deeds.wait, fc.constantFrom(1_000, hour, 24 * hour, 31 * 24 * hour, -hour)),
];
const seldom = [
  step('takeIn', deeds.takeIn, name, manyTargets),
  step('revoke', deeds.revoke, index),
  step('delete', deeds.remove, index, fc.constantFrom('revoke', 'leave-alive', null)),
  step('replaceLeaked', deeds.replaceLeaked, index, fc.boolean()),
  step('issueWithTrouble', deeds.issueWithTrouble, fc.constantFrom(...deeds.localTroubles)),
  step('unlink', deeds.unlink, index, fc.nat(1), fc.boolean()),
  step('takeValueFrom', deeds.takeValueFrom, index, fc.nat(1), grace),
  step('revokeInDashboard', deeds.revokeInDashboard, index),
  step('giveUp', deeds.giveUp, index),
  step('endGrace', deeds.endGrace, index),
  step(
    'plan',
    deeds.plan,
    index,
    fc.integer({ min: 1, max: 3 }),
    fc.constantFrom('2026-02-01', '2026-03-01', null),
  ),
  step('restart', () => deeds.restart),
  step('allWell', () => misfortunes.everythingWell),
  step(
    'edit',
    misfortunes.edit,
    fc.constantFrom(envFile, otherEnvFile),
    fc.constantFrom(...misfortunes.edits),
    fc.constant(null),
  ),
];
const nothing = fc.constant(new Step('-', async () => undefined));
/** What breaks a promise shrinks to the steps that matter and nothing instead of the others. */
const oneStep = fc.oneof(
  { withCrossShrink: true },
  { arbitrary: nothing, weight: 1 },
  ...often.map((arbitrary) => ({ arbitrary, weight: 4 })),
  ...seldom.map((arbitrary) => ({ arbitrary, weight: 2 })),
);

describe('a life of keys, whatever is done and whatever fails,', () => {
  it(
    'keeps promises 1 to 5 at every step, and leaves nothing unfinished for ever',
    async () => {
      const counted = { lives: 0, steps: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(...kinds.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) }))),
          fc.array(oneStep, { minLength: steps, maxLength: steps }),
          async (kind, commands) => {
            const life = beginLife(kind);
            const model: deeds.Model = { keys: new Map() };
            await fc.asyncModelRun(() => ({ model, real: life }), commands);
            await settle(model, life);
            expectAsExpected(model, life);
            counted.lives += 1;
            counted.steps += commands.length;
          },
        ),
        { numRuns: runs },
      );
      expect(counted.lives).toBeGreaterThanOrEqual(runs);
    },
    isNightly ? 600_000 : 60_000,
  );
});
