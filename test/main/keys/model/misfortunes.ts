import { failure } from '../../../../shared/domain/failure.ts';
import type { Deed } from './deeds.ts';
import type { Life } from './life.ts';

const host = 'keys.example.com';
const diskFull = failure('storage-failed', { file: 'keys.json', reason: 'ENOSPC' });
const locked = failure('keychain-locked');
const notReadBack = failure('secret-not-storable', { reason: 'not-read-back' });
const changed = (file: string) => failure('file-changed', { file });

/** What may fail on this side, and how. */
const local = {
  'the keychain does not take a value': ['secrets.put', notReadBack],
  'the keychain is locked': ['secrets.get', locked],
  'the keychain drops nothing': ['secrets.drop', locked],
  'the journal cannot be written': ['journal.write', diskFull],
  'the records cannot be written': ['keys.put', diskFull],
  'a record cannot be removed': ['keys.remove', diskFull],
  'the activity cannot be written': ['activity.add', diskFull],
  'a file cannot be written': ['envFiles.write', changed('/projects/shop/.env')],
} as const;
export const localMisfortunes = Object.keys(local) as (keyof typeof local)[];

/** The nth call of it from now on fails, once. */
export const localMisfortune =
  (which: keyof typeof local, nth: number): Deed =>
  async (_model, life) => {
    const [effect, error] = local[which];
    const trouble = { isArmed: true };
    let left = nth;
    life.troubles.push(trouble);
    life.world.failsWhen(effect, error, () => {
      left -= 1;
      return trouble.isArmed && left <= 0;
    });
  };

/** What the server may do from now on. */
const remote = {
  'it acts and its answer is lost': ({ world }: Life) => world.server.loseNextAnswer(true),
  'it never hears of the next request': ({ world }: Life) => world.server.loseNextAnswer(false),
  'it turns the next request down': ({ world }: Life) =>
    world.server.rejectNextCreate(failure('provider-refused', { host, status: 422, message: 'No' })),
  'its list fails once': ({ world }: Life) => world.server.failNextLists(1),
  'its list fails for a while': ({ world }: Life) => world.server.failNextLists(4),
  'it does not revoke': ({ world }: Life) => world.server.failNextRevocations(2),
  'its checks fail': ({ world }: Life) => world.server.failNextChecks(2),
  'a new key takes a while to be known': ({ world }: Life) => {
    world.server.behaviour.refusesNewKeyFor = 2;
  },
  'a new key is never known': ({ world }: Life) => {
    world.server.behaviour.refusesNewKeyFor = Number.POSITIVE_INFINITY;
  },
  'new keys are known at once': ({ world }: Life) => {
    world.server.behaviour.refusesNewKeyFor = 0;
  },
  'a revoked key lingers': ({ world }: Life) => {
    world.server.behaviour.acceptsRevokedKeyFor = 3;
  },
  'a revoked key lives on': ({ world }: Life) => {
    world.server.behaviour.acceptsRevokedKeyFor = Number.POSITIVE_INFINITY;
  },
  'it allows no more keys': ({ world }: Life) => {
    world.server.behaviour.keyLimit = world.server.alive().length;
  },
  'its keys live 20 days': ({ world }: Life) => {
    world.server.behaviour.lifetimeMs = 20 * 24 * 3_600_000;
  },
} as const;
export const remoteMisfortunes = Object.keys(remote) as (keyof typeof remote)[];

export const remoteMisfortune =
  (which: keyof typeof remote): Deed =>
  async (_model, life) =>
    remote[which](life);

export const everythingWell: Deed = async (_model, life) => life.allWell();

/** How somebody else edits a file. */
export const edits = [
  'adds a line',
  'takes a line out',
  'writes another value',
  'puts an old text back',
] as const;

/** Somebody edits a file behind the app's back; what they put there is theirs to answer for. */
export const edit =
  (file: string, how: (typeof edits)[number], old: string | null): Deed =>
  async (_model, life) => {
    const { files } = life.world.envFiles;
    const text = files.get(file);
    if (text === undefined) return;
    const lines = text.split('\n');
    const next = {
      'adds a line': `# by hand\nOTHER=1\n${text}`,
      'takes a line out': lines.slice(1).join('\n'),
      'writes another value': text.replace(/=.*/, '=from-somebody-else'),
      'puts an old text back': old ?? text,
    }[how];
    files.set(file, next);
    if (how === 'adds a line') return;
    life.edited.add(file);
    if (how === 'puts an old text back')
      for (const value of life.values) if (next.includes(value)) life.expendable.add(value);
  };
