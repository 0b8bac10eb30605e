import type { FileInspection } from '../../../shared/domain/env-file.ts';
import type { ConnectionId, KeyId, TargetId, WorkId } from '../../../shared/domain/ids.ts';
import type { Attention, KeyStatus, Target } from '../../../shared/domain/key.ts';
import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import type { VaultStatus } from '../../../shared/domain/vault.ts';
import type { ConnectionView } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { CallName, Handlers } from '../../../shared/ipc/define.ts';
import type { KeyDetail, KeyRow, TargetState } from '../../../shared/ipc/keys.contract.ts';
import type { CalendarFile } from '../../../shared/ipc/reminders.contract.ts';
import type { HookStanding } from '../../../shared/ipc/search.contract.ts';
import type { Bridge, FeedMessage } from '../../../shared/ipc/wire.ts';
import type { WorkView } from '../../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../../shared/result.ts';

const dayMs = 86_400_000;

const providers = [
  'Stripe sandbox',
  'Postmark',
  'OpenRouter',
  'Cloudflare',
  'Adyen',
  'Deepgram',
  'Svix',
  'Turso',
];
const uses = [
  'checkout',
  'billing worker',
  'webhooks',
  'transactional mail',
  'staging api',
  'search index',
  'ci',
];
const attentions: readonly Attention[] = [
  'targets-not-written',
  'not-verified',
  'refused-by-provider',
  'outcome-unknown',
  'secret-missing',
  'not-revoked',
];

const pad = (prefix: string, index: number): string => `${prefix}_${index.toString(36).padStart(20, '0')}`;
/** Ids of the right shape; the brand is earned by that shape. */
export const keyId = (index: number): KeyId => pad('key', index) as KeyId;
export const connectionId = (index: number): ConnectionId => pad('con', index) as ConnectionId;
export const targetId = (index: number): TargetId => pad('tgt', index) as TargetId;
export const workId = (index: number): WorkId => pad('wrk', index) as WorkId;

/** A row with believable facts, the same for the same index; `facts` say what a test is about. */
export function keyRow(index: number, facts: Partial<KeyRow> = {}, now = Date.now()): KeyRow {
  const at = index % providers.length;
  const provider = providers[at] ?? 'Postmark';
  const ageDays = (index * 37) % 97;
  const issuedAt = now - ageDays * dayMs - (index % 24) * 3_600_000;
  const everyDays = index % 13 === 11 ? null : 90;
  return {
    id: keyId(index),
    name: `${uses[index % uses.length]} ${index < 7 ? '' : Math.floor(index / 7)}`.trim(),
    connectionId: connectionId(at),
    providerId: provider.toLowerCase().replaceAll(' ', '-'),
    provider,
    environment: index % 3 === 0 ? 'live' : 'test',
    lastFour: ((index * 7919 + 4211) % 1_679_616).toString(36).padStart(4, '0'),
    status: statusOf(index),
    attention: index % 41 === 5 ? (attentions[Math.floor(index / 41) % attentions.length] ?? null) : null,
    issuedAt,
    dueAt: everyDays === null ? null : startOfDay(issuedAt + everyDays * dayMs),
    dueBecause: everyDays === null ? null : 'period',
    everyDays,
    periodFrom: everyDays === null ? 'key' : 'default',
    snoozedUntil: null,
    replaces: null,
    retiresAt: statusOf(index) === 'retiring' ? now + dayMs : null,
    targets: index % 4,
    targetsAstray: Math.max(0, (index % 4) - 1),
    unsealed: index === 3,
    ...facts,
  };
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

function statusOf(index: number): KeyStatus {
  if (index % 41 === 5) return 'needs-attention';
  if (index % 17 === 8) return 'revoked';
  if (index % 29 === 9) return 'rotating';
  if (index % 29 === 10) return 'retiring';
  return 'active';
}

/** A file that holds a key, read by anyone; `facts` say what a test is about. */
export function target(index: number, facts: Partial<Target> = {}): Target {
  return {
    id: targetId(index),
    file: '/home/mira/code/shop/.env',
    variables: { key: 'API_KEY' },
    dialect: 'any',
    keepsExample: false,
    mayBeTracked: false,
    ...facts,
  };
}

/** How a target stands; the variables in `astray` are the ones that do not hold the key's value. */
export function targetState(
  index: number,
  state: TargetState['state'],
  facts: Partial<TargetState> = {},
): TargetState {
  const isAstray = state === 'differs' || state === 'missing';
  return { targetId: targetId(index), state, detail: '', astray: isAstray ? ['API_KEY'] : [], ...facts };
}

/** What a file would take: one that Git ignores and that any reader reads; `facts` say what a test is about. */
export function inspection(facts: Partial<FileInspection> = {}): FileInspection {
  return {
    file: '/home/mira/code/shop/.env',
    real: '/home/mira/code/shop/.env',
    exists: true,
    unwritable: '',
    kind: 'variables',
    variables: ['DATABASE_URL', 'POSTMARK_API_KEY', 'PORT'],
    git: { state: 'ignored', root: '/home/mira/code/shop', ignoreLine: null, detail: '' },
    dialect: { suggested: 'any', because: '' },
    example: { file: '/home/mira/code/shop/.env.example', exists: true, variables: ['DATABASE_URL', 'PORT'] },
    proposals: {},
    held: {},
    own: [],
    ...facts,
  };
}

/** Everything about a key that has `row` in the list. */
export function keyDetail(row: KeyRow, facts: Partial<KeyDetail> = {}): KeyDetail {
  const { targets, ...rest } = row;
  const variable = `${row.provider.toUpperCase().replaceAll(/[^A-Z]+/g, '_')}_API_KEY`;
  const files = [
    '/home/mira/code/shop/.env',
    '/home/mira/code/shop/apps/worker/.env.production',
    '/srv/deploy/env/billing.env',
  ];
  return {
    ...rest,
    connection: `${row.provider} main account`,
    origin: `https://api.${row.providerId}.example`,
    label: `${row.name} kt-${row.id.slice(4, 12)}`,
    providerKeyId: `pk_${row.lastFour}`,
    fields: [{ name: 'key', label: 'API key', secret: true, lastFour: row.lastFour, variable }],
    request: {
      scopes: ['keys.read', 'charges.write'],
      expiresInDays: null,
      restrictions: { ips: ['203.0.113.7'], referrers: [], endpoints: [] },
    },
    policy: row.periodFrom === 'key' ? { everyDays: row.everyDays } : {},
    targets: files
      .slice(0, targets)
      .map((file, index) => target(index, { file, variables: { key: variable } })),
    copyOnce: { sealed: !row.unsealed, shown: false, copiedFields: [] },
    expiresAt: null,
    lastUsedAt: Date.now() - 3 * 3_600_000,
    checkedAt: Date.now() - 2 * dayMs,
    retiresAt: row.status === 'retiring' ? Date.now() + 20 * 3_600_000 : null,
    revokedAt: row.status === 'revoked' ? Date.now() - 9 * dayMs : null,
    plannedDay: null,
    replacedBy: null,
    workId: row.attention === null ? null : workId(1),
    history: [
      {
        at: row.issuedAt,
        event: 'key-issued',
        keyId: row.id,
        connectionId: null,
        subject: row.name,
        detail: '',
      },
      {
        at: row.issuedAt + 60_000,
        event: 'key-copied',
        keyId: row.id,
        connectionId: null,
        subject: row.name,
        detail: 'API key',
      },
      {
        at: row.issuedAt + 90_000,
        event: 'key-sealed',
        keyId: row.id,
        connectionId: null,
        subject: row.name,
        detail: '',
      },
      {
        at: row.issuedAt + 120_000,
        event: 'target-written',
        keyId: row.id,
        connectionId: null,
        subject: row.name,
        detail: files[0] ?? '',
      },
    ],
    ...facts,
  };
}

function connection(index: number): ConnectionView {
  const name = providers[index] ?? 'Postmark';
  const id = name.toLowerCase().replaceAll(' ', '-');
  return {
    id: connectionId(index),
    providerId: id,
    name: `${name} main account`,
    environment: index % 3 === 0 ? 'live' : 'test',
    settings: {},
    origin: `https://api.${id}.example`,
    policy: {},
    createdAt: Date.now() - 200 * dayMs,
    checkedAt: Date.now() - dayMs,
    health: index === 4 ? 'refused' : 'well',
    dashboardUrl: null,
    provider: providerSummary({ id, name }),
    keys: 3,
    sandbox: index === 0,
  };
}

/** A provider that does everything by HTTP and asks for nothing; `facts` say what a test is about. */
export function providerSummary(
  facts: Partial<ProviderSummary> & Pick<ProviderSummary, 'id' | 'name'>,
): ProviderSummary {
  return {
    description: 'Keys for its HTTP API.',
    website: null,
    environments: ['test', 'live'],
    source: 'built-in',
    dashboard: null,
    preconditions: [],
    advice: [],
    recommendedDays: null,
    replacement: 'overlap',
    signs: false,
    settings: [],
    credential: [],
    askedAtCall: [],
    fields: [
      {
        name: 'key',
        label: 'API key',
        secret: true,
        variable: `${facts.id.toUpperCase().replaceAll('-', '_')}_API_KEY`,
      },
    ],
    creation: { nameMaxLength: 64, scopes: null, expiry: null, restrictions: ['ips'] },
    operations: ['create', 'list', 'check', 'revoke'],
    ...facts,
  };
}

/** A rotation that is under way. */
export function work(facts: Partial<WorkView> = {}): WorkView {
  return {
    id: workId(2),
    kind: 'rotate',
    origin: 'created',
    keyId: keyId(9),
    newKeyId: null,
    name: 'webhooks 1',
    provider: 'Postmark',
    startedAt: Date.now() - 60_000,
    updatedAt: Date.now() - 10_000,
    steps: [
      { name: 'create', state: 'done' },
      { name: 'store', state: 'done' },
      { name: 'verify', state: 'running' },
      { name: 'deliver', state: 'waiting' },
      { name: 'grace', state: 'waiting' },
      { name: 'revoke', state: 'waiting' },
    ],
    graceUntil: null,
    canUndo: false,
    leaked: false,
    revokedLateMs: null,
    written: [],
    blocked: null,
    strays: null,
    outcomeUnknown: false,
    finished: null,
    reason: null,
    ...facts,
  };
}

/** A repository's pre-commit hook. */
export const hook = (state: HookStanding['state']): HookStanding => ({
  state,
  file: '/home/mira/code/shop/.git/hooks/pre-commit',
  line: 'keyturn-staged || exit 1',
});

const noCalendar: CalendarFile = { file: null, events: 0, neverDue: 0, writtenAt: null, failed: null };

/** What the fake main starts with. */
export interface FakeFacts {
  readonly keys?: number;
  readonly vault?: VaultStatus;
  readonly appearance?: 'system' | 'light' | 'dark';
  readonly settings?: Partial<Settings>;
  readonly overrides?: Partial<Handlers<KeyturnContract>>;
}

export interface FakeMain extends Bridge {
  /** Sends one state of a feed to the page. */
  readonly tell: (message: FeedMessage) => void;
  readonly calls: { readonly method: string; readonly input: unknown }[];
  readonly rows: ReadonlyMap<string, KeyRow>;
}

const openVault: VaultStatus = {
  store: 'keychain',
  lockedBy: null,
  backend: 'GNOME Keyring (Secret Service)',
  vault: { state: 'open' },
};

/** A main that holds rows in memory and answers as the contract says. */
export function createFakeMain({
  keys = 12,
  vault = openVault,
  appearance = 'system',
  settings: settingFacts = {},
  overrides = {},
}: FakeFacts = {}): FakeMain {
  const rows = new Map(Array.from({ length: keys }, (_, index) => keyRow(index)).map((row) => [row.id, row]));
  const listeners = new Set<(message: FeedMessage) => void>();
  const calls: { method: string; input: unknown }[] = [];
  const tell = (message: FeedMessage) => {
    for (const listener of listeners) listener(message);
  };
  const connections = keys === 0 ? [] : providers.map((_, index) => connection(index));
  let settings: Settings = {
    appearance,
    clipboardSeconds: 45,
    rotationDays: 90,
    backupReminder: true,
    notifications: true,
    quietHours: null,
    providerPolicies: {},
    calendarFile: null,
    lastBackupAt: null,
    ...settingFacts,
  };

  const handlers: Partial<Handlers<KeyturnContract>> = {
    'vault.status': () => ok(vault),
    'vault.setAside': () => ok({ files: [] }),
    'app.takeAsked': () => ok({ asked: null }),
    'app.status': () =>
      ok({
        host: 'electron',
        version: '0.1.0',
        platform: 'linux',
        dataFolder: '/home/mira/.config/keyturn',
        clipboard:
          keys === 0 ? { state: 'idle', clearsAt: null } : { state: 'held', clearsAt: Date.now() + 38_000 },
      }),
    'settings.get': () => ok(settings),
    'settings.set': (change) => {
      settings = { ...settings, ...change } as Settings;
      tell({ feed: 'settings.changed', state: settings });
      return ok(settings);
    },
    'connections.list': () => ok({ connections }),
    'connections.addSandbox': () => ok(connection(0)),
    'connections.setPolicy': ({ id, policy }) => {
      const known = connections.find((each) => each.id === id) ?? connection(0);
      return ok({ ...known, policy });
    },
    'providers.catalog': () => ok({ providers: providers.map((_, index) => connection(index).provider) }),
    'work.list': () =>
      ok({
        works:
          keys > 12
            ? [
                work(),
                work({
                  id: workId(1),
                  blocked: {
                    code: 'provider-throttled',
                    host: 'api.postmark.example',
                    retryAfterSeconds: 60,
                  },
                }),
              ]
            : [],
      }),
    'work.batch': () => ok(null),
    'work.continue': () => ok(work()),
    'activity.page': () => ok({ entries: [], more: false }),
    'files.choose': () => ok({ outcome: 'chosen', file: '/home/mira/code/shop/.env' }),
    'files.chooseFolder': () => ok({ outcome: 'chosen', file: '/home/mira/code' }),
    'files.inspect': ({ file, fields = {} }) => {
      if (!file.startsWith('/')) return fail({ code: 'path-not-absolute', file } as never);
      return ok(
        file.endsWith('new')
          ? inspection({ file, real: file, exists: false, variables: [], proposals: fields })
          : inspection({ file, real: file, proposals: fields }),
      );
    },
    'files.ignore': () => ok({ gitignore: '/home/mira/code/shop/.gitignore', line: '/.env' }),
    'finds.search': () => ok({ finds: [], strangers: [], files: 0, skipped: [], stoppedAfter: null }),
    'finds.adopt': () => ok({ keyId: keyId(1), workId: null }),
    'finds.forget': () => ok({}),
    'leaks.search': () =>
      ok({
        leaks: [],
        more: false,
        files: 0,
        bytes: 0,
        stopped: false,
        commits: null,
        skipped: [],
        unsearched: [],
      }),
    'leaks.hook': () => ok(hook('absent')),
    'leaks.installHook': () => ok(hook('installed')),
    'leaks.removeHook': () => ok(hook('absent')),
    'search.cancel': () => ok({}),
    'keys.list': () => ok({ keys: [...rows.values()] }),
    'keys.get': ({ id }) => {
      const row = rows.get(id);
      return row === undefined ? fail({ code: 'key-unknown' } as never) : ok(keyDetail(row));
    },
    'keys.lastUsed': ({ id }) => ok({ lastUsedAt: id === keyId(0) ? null : Date.now() - 2 * dayMs }),
    'keys.targetStates': ({ id }) => {
      const count = rows.get(id)?.targets ?? 0;
      const states = ['in-step', 'differs', 'missing'] as const;
      return ok({
        targets: states.slice(0, count).map((state, index) => targetState(index, state)),
      });
    },
    'keys.snippets': () =>
      ok({
        snippets: [
          {
            language: 'curl',
            text: 'curl -H "Authorization: Bearer $API_KEY" https://api.example.com/v1/me',
          },
          { language: 'javascript', text: 'const { API_KEY } = process.env;' },
          { language: 'python', text: 'os.environ["API_KEY"]' },
        ],
      }),
    'keys.check': () => ok({ outcome: 'valid' }),
    'keys.write': () => ok({ targetId: targetId(0), readDifferentlyBy: [] }),
    'keys.writeAgain': ({ targetId: id }) => ok({ targetId: id, readDifferentlyBy: [] }),
    'keys.unlink': () => ok({ left: [] }),
    'keys.takeValue': () => ok({ workId: workId(2), newKeyId: keyId(11) }),
    'keys.setPolicy': () => ok({}),
    'keys.plan': () => ok({}),
    'keys.risks': () => ok({ risks: [] }),
    'reminders.list': () => ok({ notices: [] }),
    'reminders.see': () => ok({}),
    'reminders.snooze': ({ ids, until }) => {
      const changed = ids.flatMap((id) => {
        const row = rows.get(id);
        return row === undefined ? [] : [{ ...row, snoozedUntil: until }];
      });
      for (const row of changed) rows.set(row.id, row);
      tell({ feed: 'keys.changed', state: { changed, removed: [] } });
      return ok({});
    },
    'reminders.way': () => ok({ way: 'desktop', detail: 'GNOME Shell' }),
    'reminders.try': () => ok({ way: 'desktop', detail: 'GNOME Shell' }),
    'calendar.get': () => ok(noCalendar),
    'calendar.keep': ({ file }) =>
      ok({ file, events: keys, neverDue: 0, writtenAt: Date.now(), failed: null }),
    'calendar.leave': () => ok(noCalendar),
    'login.get': () => ok({ state: 'off', detail: '' }),
    'login.set': ({ on }) => ok({ state: on ? 'on' : 'off', detail: '' }),
    'keys.delete': ({ id }) => {
      rows.delete(id);
      tell({ feed: 'keys.changed', state: { changed: [], removed: [id] } });
      return ok({});
    },
    ...overrides,
  };

  return {
    tell,
    calls,
    rows,
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call: async (method, input) => {
      calls.push({ method, input });
      const handler = handlers[method as CallName<KeyturnContract>] as
        | ((input: unknown) => unknown)
        | undefined;
      if (handler === undefined) throw new Error(`The fake main does not know ${method}`);
      return handler(input);
    },
  };
}
