import { createHmac } from 'node:crypto';
import { parseEnv } from 'node:util';
import { createDueLookup } from '../../main/keys/due-of-key.ts';
import { type IssueRequest, planIssue } from '../../main/keys/issue-key.ts';
import type { KeyPorts } from '../../main/keys/key-ports.ts';
import { type LeakedWish, requestReplacement } from '../../main/keys/request-rotation.ts';
import { planRevocation } from '../../main/keys/revoke-key.ts';
import { planRotation } from '../../main/keys/rotate-key.ts';
import { type TakeInRequest, takeInKey } from '../../main/keys/take-in-key.ts';
import { createWorks, freshRun, type GoOnWish, type Works } from '../../main/keys/works.ts';
import { Secret, type SecretFields } from '../../main/secrets/secret.ts';
import { calendarIn } from '../../shared/domain/calendar.ts';
import { type Failure, failure } from '../../shared/domain/failure.ts';
import { createIds, type KeyId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import { type Settings, settingsSchema } from '../../shared/domain/settings.ts';
import type { Grace, Work } from '../../shared/domain/work.ts';
import type { ParsedNewTarget } from '../../shared/ipc/keys.contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createFakeClock } from '../fakes/fake-clock.ts';
import { createFakeGit } from '../fakes/fake-git.ts';
import { createFakeServer, type ServerKey } from '../fakes/fake-provider.ts';
import { createMemoryActivity } from '../fakes/memory-activity.ts';
import { createMemoryEnvFiles } from '../fakes/memory-env-files.ts';
import { createMemoryJournal } from '../fakes/memory-journal.ts';
import { createMemoryRecords } from '../fakes/memory-records.ts';
import { createMemorySecretStore } from '../fakes/memory-secret-store.ts';
import { createPower, type Power, through } from '../fakes/power-cut.ts';

export const start = Date.UTC(2026, 0, 1);
export const hourMs = 3_600_000;
export const envFile = '/projects/shop/.env';
export const otherEnvFile = '/projects/mail/.env';

/** A work's end, or that the power went first. */
export type Outcome = Result<Work, Failure> | 'power cut';

/** What the files and the server knew when a living key was revoked. */
export interface Revocation {
  readonly key: ServerKey;
  readonly files: ReadonlyMap<string, string>;
  /** The keys that the server had accepted in a check by then. */
  readonly accepted: readonly string[];
}

type PortName =
  | 'secrets'
  | 'keys'
  | 'connections'
  | 'definitions'
  | 'journal'
  | 'activity'
  | 'envFiles'
  | 'provider';

/**
 * A vault with one connection, its provider's server, and what lies on the disk. `restart` begins a new run of the
 * app over all that is durable; what was only in memory is gone.
 */
export function createKeyWorld() {
  const clock = createFakeClock(start);
  const server = createFakeServer(clock.now);
  const secretStore = createMemorySecretStore({ items: [['vault', 'data key']] });
  const { items } = secretStore;
  const records = createMemoryRecords();
  const journal = createMemoryJournal();
  const activity = createMemoryActivity();
  const envFiles = createMemoryEnvFiles();
  const git = createFakeGit();
  const ids = createIds(countingBytes());
  const connectionId = ids.connection();
  const troubles: {
    effect: string;
    error: unknown;
    answer?: unknown;
    times: number;
    when: () => boolean;
  }[] = [];
  const delays = new Map<string, () => Promise<void>>();
  const revocations: Revocation[] = [];
  const announced: Work[] = [];

  server.onRevoke = (key) => {
    const accepted = server.requests.flatMap((request) => /^check (\S+) accepted$/.exec(request)?.[1] ?? []);
    revocations.push({ key, files: new Map(envFiles.files), accepted });
  };

  /** One run of the app: its power, and everything that dies with it. */
  function run() {
    const power: Power = createPower();
    const effect = <R>(name: string, act: () => Promise<R>): Promise<R> =>
      power.effect(name, async () => {
        const trouble = troubles.find((one) => one.effect === name && one.times > 0 && one.when());
        await delays.get(name)?.();
        if (trouble === undefined) return act();
        trouble.times -= 1;
        return (trouble.answer ?? fail(trouble.error)) as R;
      });
    const wired = <T extends object>(name: PortName, port: T, methods: readonly (keyof T & string)[]): T =>
      through(name, port, methods, effect);

    const secrets = wired('secrets', secretStore, ['put', 'get', 'drop']);
    const ports: KeyPorts = {
      clock: {
        now: clock.now,
        // Patience costs no time here, but it passes.
        sleep: (ms) => power.effect('clock.sleep', async () => clock.advance(ms)),
      },
      ids,
      secrets,
      records: {
        keys: wired('keys', records.keys, ['put', 'remove', 'putAll']),
        connections: wired('connections', records.connections, ['put', 'remove']),
        definitions: wired('definitions', records.definitions, ['put', 'remove']),
        setAside: [],
      },
      journal: wired('journal', journal, ['write']),
      activity: wired('activity', activity, ['add', 'ofKey', 'page']),
      envFiles: wired('envFiles', envFiles, [
        'inspect',
        'preflight',
        'rehearse',
        'write',
        'read',
        'misread',
        'remove',
        'rename',
        'nameInExample',
      ]),
      git,
      async openProvider(id) {
        if (records.connections.get(id) === undefined) return fail(failure('connection-unknown'));
        const credential = await secrets.get(`connection/${id}`);
        if (!credential.ok) return credential;
        return ok(wired('provider', server.provider, ['create', 'list', 'revoke', 'check', 'rotate']));
      },
      fingerprint,
      announceWork: (work) => announced.push(work),
      unstored: new Map<KeyId, SecretFields>(),
    };
    const works: Works = createWorks(ports);
    return { power, ports, works };
  }

  void records.connections.put({
    id: connectionId,
    providerId: 'example',
    name: 'Shop',
    environment: 'test',
    settings: {},
    origin: 'https://keys.example.com',
    origins: {},
    policy: {},
    createdAt: start,
    checkedAt: null,
    health: 'well',
  });
  items.set(`connection/${connectionId}`, 'credential');

  let current = run();

  const untilCut = async <T>(promise: Promise<T>): Promise<T | 'power cut'> =>
    Promise.race([promise, current.power.gone]);

  async function begin(
    planned: Promise<Result<Work, Failure>>,
    how = freshRun({}),
  ): Promise<Result<Work, Failure>> {
    const plan = await planned;
    if (!plan.ok) return plan;
    const started = await current.works.start(plan.value, how);
    return started.ok ? ok(await started.value.ended) : started;
  }

  const world = {
    clock,
    server,
    items,
    secretStore,
    records,
    journal,
    activity,
    envFiles,
    git,
    connectionId,
    revocations,
    announced,
    get ports() {
      return current.ports;
    },
    get works() {
      return current.works;
    },
    get power() {
      return current.power;
    },
    /** The next `times` calls of this effect (`keys.put`, `secrets.get`, …) fail like this and do nothing. */
    fails(effect: `${PortName}.${string}`, error: unknown, times = 1): void {
      troubles.push({ effect, error, times, when: () => true });
    },
    /** The next call of this effect is answered with this, and does nothing. */
    answers(effect: `${PortName}.${string}`, answer: unknown): void {
      troubles.push({ effect, error: null, answer, times: 1, when: () => true });
    },
    /** The first call of this effect for which `when` holds fails like this and does nothing. */
    failsWhen(effect: `${PortName}.${string}`, error: unknown, when: () => boolean): void {
      troubles.push({ effect, error, times: 1, when });
    },
    /** The next call of this effect happens only when `until` has. */
    delays(effect: `${PortName}.${string}`, until: () => Promise<void>): void {
      delays.set(effect, () => {
        delays.delete(effect);
        return until();
      });
    },
    wish(wanted: Partial<IssueRequest> = {}): IssueRequest {
      return {
        connectionId,
        name: 'mail',
        request: {
          scopes: null,
          expiresInDays: null,
          restrictions: { ips: [], referrers: [], endpoints: [] },
        },
        policy: { everyDays: 90 },
        targets: [],
        ...wanted,
      };
    },
    issue(wanted: Partial<IssueRequest> = {}): Promise<Outcome> {
      const how = freshRun({});
      return untilCut(begin(planIssue(current.ports, world.wish(wanted), how), how));
    },
    rotate(key: KeyRecord, grace: Grace = 'now', oldDiesNow = false): Promise<Outcome> {
      const how = freshRun({});
      return untilCut(begin(planRotation(current.ports, key, { grace, oldDiesNow }, how), how));
    },
    revoke(key: KeyRecord): Promise<Outcome> {
      return untilCut(begin(Promise.resolve(ok(planRevocation(current.ports, key)))));
    },
    /** Takes a key in that has this value; `wanted` may say more of it. */
    takeIn(value: string, wanted: Partial<TakeInRequest> = {}): Promise<Outcome> {
      const { name, policy, targets } = world.wish();
      const key = { API_KEY: new Secret(value) };
      const all = {
        connectionId,
        name,
        policy,
        targets,
        providerKeyId: null,
        issuedAt: null,
        anyForm: false,
        key,
      };
      return untilCut(takeInKey(current.ports, current.works, { ...all, ...wanted }));
    },
    undo(work: Work): Promise<Outcome> {
      return untilCut(current.works.undo(work.id, {}));
    },
    /** Replaces a key that has leaked; answers the work when it has come to rest. */
    replaceLeaked(key: KeyRecord, wish: Partial<LeakedWish> = {}): Promise<Outcome> {
      const all = { revokeFirst: false, confirmName: '', answers: {}, ...wish };
      const begin = async (): Promise<Result<Work, Failure>> => {
        const begun = await requestReplacement(current.ports, current.works, key.id, all);
        return begun.ok ? ok(await begun.value.ended) : begun;
      };
      return untilCut(begin());
    },
    goOn(work: Work, wish: Partial<GoOnWish> = {}): Promise<Outcome> {
      return untilCut(current.works.goOn(work.id, { answers: {}, ...wish }));
    },
    /** A new run over what is durable; it has not taken up its work yet. */
    restart(): void {
      current.power.cutNow();
      current = run();
    },
    resume(): Promise<unknown> {
      return untilCut(current.works.resume());
    },
    tick(): Promise<unknown> {
      return untilCut(current.works.tick());
    },
    /** An active key with these targets, from before the test begins. */
    async aKey(targets: IssueRequest['targets'] = []): Promise<KeyRecord> {
      const work = finished(await world.issue({ targets }));
      return world.key(work.keyId);
    },
    key(id: KeyId): KeyRecord {
      const key = records.keys.get(id);
      if (key === undefined) throw new Error('No such key');
      return key;
    },
    /** The value that is stored for a key; null when there is none. */
    stored(id: KeyId): string | null {
      const item = items.get(`key/${id}`);
      return item === undefined ? null : (JSON.parse(item).API_KEY as string);
    },
    /** The value of a variable as its file's readers see it. */
    variable: (file: string, name: string): string | undefined =>
      parseEnv(envFiles.files.get(file) ?? '')[name],
    events: (): string[] => activity.entries.map((entry) => entry.event),
  };
  return world;
}

export type KeyWorld = ReturnType<typeof createKeyWorld>;

/** When the world's keys are due by these settings, in UTC unless another zone is named. */
export const duesOf = (world: Pick<KeyWorld, 'records'>, settings: Partial<Settings> = {}, zone = 'UTC') =>
  createDueLookup({
    records: world.records,
    settings: settingsSchema.parse(settings),
    calendar: calendarIn(zone),
  });

/** A target that takes the key's one field. */
export const into = (file: string, variable = 'API_KEY'): ParsedNewTarget => ({
  file,
  variables: { API_KEY: variable },
  dialect: 'any',
  keepsExample: false,
  confirmName: '',
  mayReplace: [],
});

/** The work of an outcome that must be one. */
export function workOf(outcome: Outcome): Work {
  if (outcome === 'power cut') throw new Error('The power went');
  if (!outcome.ok) throw new Error(`Refused: ${outcome.error.code}`);
  return outcome.value;
}

/** The work of an outcome that must have ended well. */
export function finished(outcome: Outcome): Work {
  const work = workOf(outcome);
  if (work.state.step !== 'finished' || work.state.outcome !== 'done')
    throw new Error(`Not done: ${JSON.stringify({ state: work.state, blocked: work.blocked })}`);
  return work;
}

const fingerprint = (value: Secret): string =>
  createHmac('sha256', 'data key').update(value.reveal()).digest('base64url');

/** Random bytes that are the same in every world. */
function countingBytes(): (count: number) => Uint8Array {
  let next = 1;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      next = (next * 16_807) % 2_147_483_647;
      return next % 256;
    });
}
