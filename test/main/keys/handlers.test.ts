import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupHandlers } from '../../../main/backup/backup.handlers.ts';
import { createBackups } from '../../../main/backup/backups.ts';
import { createRestoreGate } from '../../../main/backup/restore-gate.ts';
import type { ProviderCatalog } from '../../../main/connections/connection-ports.ts';
import { filesHandlers } from '../../../main/files/files.handlers.ts';
import { createDoor } from '../../../main/ipc/serve.ts';
import { createClipboardKeeper } from '../../../main/keys/clipboard-keeper.ts';
import { createDueLookup } from '../../../main/keys/due-of-key.ts';
import { keysHandlers } from '../../../main/keys/keys.handlers.ts';
import { workHandlers } from '../../../main/keys/work.handlers.ts';
import { passphraseSealingInPlace } from '../../../main/secrets/passphrase-sealing.ts';
import { appHandlers } from '../../../main/settings/app.handlers.ts';
import { vaultHandlers } from '../../../main/vault/vault.handlers.ts';
import type { Vault } from '../../../main/vault/vault.ts';
import { calendarIn } from '../../../shared/domain/calendar.ts';
import { failure } from '../../../shared/domain/failure.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { appContract } from '../../../shared/ipc/app.contract.ts';
import { backupContract } from '../../../shared/ipc/backup.contract.ts';
import { connectionsContract } from '../../../shared/ipc/connections.contract.ts';
import type { KeyturnContract } from '../../../shared/ipc/contract.ts';
import type { CallName } from '../../../shared/ipc/define.ts';
import { keysContract, type TargetState } from '../../../shared/ipc/keys.contract.ts';
import { vaultContract } from '../../../shared/ipc/vault.contract.ts';
import { workContract } from '../../../shared/ipc/work.contract.ts';
import { fail, ok } from '../../../shared/result.ts';
import { createMemoryDesktop } from '../../fakes/memory-desktop.ts';
import { createMemoryLog } from '../../fakes/memory-log.ts';
import { envFile, into, start, workOf } from '../../support/key-world.ts';
import { createConnectionWorld } from '../connections/connection-world.ts';
import { createVaultWorld } from '../vault/vault-world.ts';

const keyId = `key_${'z'.repeat(20)}`;
const workId = `wrk_${'z'.repeat(20)}`;
const targetId = `tgt_${'z'.repeat(20)}`;
const connectionId = `con_${'z'.repeat(20)}`;
const request = {
  scopes: null,
  expiresInDays: null,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};

/** All that the page may ask, but for searches through folders. */
const contract = {
  ...vaultContract,
  ...appContract,
  ...backupContract,
  ...connectionsContract,
  ...keysContract,
  ...workContract,
};

/** What to ask each call with; the door takes it. */
const inputs: Partial<Record<CallName<KeyturnContract>, unknown>> = {
  'keys.issue': { connectionId, name: 'mail', request, policy: { everyDays: 90 }, targets: [] },
  'keys.reveal': { id: keyId, purpose: 'show', field: null },
  'keys.copy': { id: keyId, field: 'API_KEY' },
  'keys.write': { id: keyId, target: into(envFile) },
  'keys.writeAgain': { id: keyId, targetId },
  'keys.unlink': { id: keyId, targetId },
  'keys.takeValue': { id: keyId, targetId, grace: 'now' },
  'keys.rotate': { id: keyId, grace: 'now' },
  'keys.revoke': { id: keyId, confirmName: '' },
  'keys.recognise': { value: 'sk_value' },
  'keys.takeIn': {
    connectionId,
    name: 'mail',
    key: { API_KEY: 'sk_value' },
    providerKeyId: null,
    issuedAt: null,
    anyForm: false,
    policy: { everyDays: 90 },
    targets: [],
  },
  'keys.delete': { id: keyId, atProvider: null },
  'keys.setPolicy': { ids: [keyId], policy: { everyDays: 30 } },
  'keys.plan': { plans: [{ id: keyId, day: '2026-02-01' }] },
  'connections.setPolicy': { id: connectionId, policy: { everyDays: 30 } },
  'work.continue': { id: workId },
  'work.revokeStrays': { id: workId },
  'work.giveUp': { id: workId },
  'work.undo': { id: workId },
  'vault.putBack': { file: 'journal.jsonl' },
  'work.rotateAll': { ids: [keyId], grace: 'now' },
  'keys.replaceLeaked': { id: keyId, revokeFirst: false, confirmName: '' },
  'backup.make': { file: '/backup.age', passphrase: 'a long enough one', replace: false },
  'backup.open': { file: '/backup.age', passphrase: 'a long enough one' },
  'backup.restore': { token: 'x', mode: 'merge', takeBackup: [] },
  'activity.page': { before: null, limit: 10 },
  'connections.add': { providerId: 'example', name: 'x', environment: 'test', settings: {}, credential: {} },
  'connections.check': { id: connectionId },
  'connections.remove': { id: connectionId },
  'connections.compare': { id: connectionId },
  'connections.suggest': {
    providerId: 'example',
    environment: 'test',
    settings: {},
    credential: {},
    setting: 'team',
  },
  'connections.scopes': { id: connectionId },
  'providers.preview': { file: '/projects/mine.json' },
  'providers.addFromFile': { file: '/projects/mine.json', digest: 'x' },
  'providers.remove': { providerId: 'mine' },
  'connections.revokeStray': { id: connectionId, providerKeyId: 'k1', confirmName: 'x' },
};
const byId = { id: keyId };

/** The real contract, door and handlers over a vault in memory. */
function aWorld() {
  const world = createConnectionWorld();
  const desktop = createMemoryDesktop();
  const log = createMemoryLog();
  const clipboard = createClipboardKeeper(desktop.clipboard, world.clock, () => undefined);
  let isOpen = true;
  const open = (): Vault => ({
    secrets: world.ports().secrets,
    records: world.records,
    activity: world.activity,
    ports: world.keys.ports,
    works: world.keys.works,
  });
  let vault = open();
  const current = () => (isOpen ? vault : null);
  const providerOf = world.catalog.summary;
  const catalog: Pick<ProviderCatalog, 'recognise' | 'snippets'> = {
    recognise: (value) =>
      value.reveal().startsWith('sk_')
        ? [{ providerId: 'example', field: 'API_KEY', environment: 'test' }]
        : [],
    snippets: (_connection, variables) => ok([{ language: 'curl', text: `curl $${variables.API_KEY}` }]),
  };
  const settings = settingsSchema.parse({});
  const seen: [KeyId, readonly TargetState[]][] = [];
  const git = {
    ...world.git,
    ignore: async () => fail(failure('not-a-repository', { folder: '/projects' })),
  };
  const door = createDoor({
    contract,
    log,
    handlers: {
      ...vaultHandlers(createVaultWorld().run(), () => null),
      ...appHandlers({
        vault: current,
        status: () => ({
          host: 'browser',
          version: '1',
          platform: 'linux',
          dataFolder: '/data',
          clipboard: clipboard.state(),
        }),
        settings: { get: () => settings, set: async () => ok(settings), damaged: false, setAside: [] },
        takeAsked: () => null,
        settingsChanged: () => undefined,
      }),
      ...filesHandlers({ envFiles: world.envFiles, keysIn: async () => null, git, desktop }),
      ...backupHandlers(
        createBackups({
          vault: () => null,
          now: world.clock.now,
          random: (bytes) => new Uint8Array(bytes),
          sealing: passphraseSealingInPlace,
          settings: { get: () => settings, set: async () => ok(settings) },
          settingsChanged: () => undefined,
          gate: createRestoreGate(),
          progress: () => undefined,
          stopped: () => undefined,
        }),
      ),
      ...world.handlers,
      ...keysHandlers({
        vault: current,
        providerOf,
        catalog,
        clipboard,
        clipboardSeconds: () => 45,
        targets: { astrayOf: () => 0, seen: (id, states) => seen.push([id, states]) },
        dues: (records) => createDueLookup({ records, settings, calendar: calendarIn('UTC') }),
        projectFolders: async () => path.dirname,
      }),
      ...workHandlers({ vault: current, providerOf, batchChanged: () => undefined }),
    },
  });
  return {
    ...world,
    desktop,
    log,
    seen,
    call: (method: string, input: unknown = {}) => door.call(method, input),
    issue: (more = {}) =>
      door.call('keys.issue', { ...(inputs['keys.issue'] as object), connectionId: world.id, ...more }),
    closeVault() {
      isOpen = false;
      world.closeVault();
    },
    reopenVault() {
      vault = open();
    },
  };
}

describe('while the vault is not open', () => {
  const closed = Object.entries(contract).filter(
    ([, each]) => each.kind === 'call' && (each.errors as readonly string[]).includes('vault-closed'),
  );

  it.each(closed.map(([name]) => name))('%s says so', async (name) => {
    const world = aWorld();
    world.closeVault();
    const input = inputs[name as CallName<KeyturnContract>] ?? (name.startsWith('keys.') ? byId : {});
    expect(await world.call(name, input)).toEqual({ ok: false, error: failure('vault-closed') });
  });

  it('everything that needs keys is closed', () => {
    expect(closed.map(([name]) => name)).toEqual(
      expect.arrayContaining(['keys.list', 'keys.reveal', 'work.list', 'connections.list', 'activity.page']),
    );
    expect(closed.length).toBeGreaterThan(20);
  });
});

describe('issuing through the door', () => {
  it('answers the key', async () => {
    const world = aWorld();
    const answer = await world.issue();
    const [key] = world.records.keys.all();
    const [work] = world.keys.works.list();
    expect(answer).toEqual(ok({ keyId: key?.id, workId: work?.id }));
  });

  it('answers the key also where a target could not be written: the work says what is left', async () => {
    const world = aWorld();
    world.fails('envFiles.write', failure('file-unwritable', { file: envFile, reason: 'read-only' }));
    expect(await world.issue({ targets: [into(envFile)] })).toMatchObject({ ok: true });
    expect(await world.call('work.list')).toMatchObject({
      value: { works: [{ blocked: { code: 'file-unwritable' }, finished: null }] },
    });
  });

  it('answers the key that the keychain would not take and the provider would not revoke: it can be copied', async () => {
    const world = aWorld();
    world.fails('secrets.put', failure('keychain-locked'));
    world.server.failNextRevocations(1);
    const answer = await world.issue();
    expect(answer).toMatchObject({ ok: true });
    const shown = await world.call('keys.reveal', {
      id: world.records.keys.all()[0]?.id,
      purpose: 'show',
      field: null,
    });
    expect(shown).toEqual(ok({ fields: [{ name: 'API_KEY', value: world.server.keys[0]?.secret }] }));
  });

  it('says why where the key was given back', async () => {
    const world = aWorld();
    world.fails('secrets.put', failure('keychain-locked'));
    expect(await world.issue()).toEqual({ ok: false, error: failure('keychain-locked') });
    expect(world.server.alive()).toEqual([]);
  });

  it('says what the provider refused, and makes nothing', async () => {
    const world = aWorld();
    const refused = failure('provider-refused', { host: 'h', status: 422, message: 'Too many keys' });
    world.server.rejectNextCreate(refused);
    expect(await world.issue()).toEqual({ ok: false, error: refused });
    expect(world.records.keys.all()).toEqual([]);
  });

  it('says that the outcome is unknown, with the work to look at and how many strays there are', async () => {
    const world = aWorld();
    world.server.loseNextAnswer();
    const answer = await world.issue();
    const [work] = world.keys.works.list();
    expect(answer).toEqual({
      ok: false,
      error: failure('outcome-unknown', { workId: work?.id ?? '', strays: 1 }),
    });
    expect(await world.call('work.revokeStrays', { id: work?.id })).toMatchObject({
      ok: true,
      value: { finished: 'failed' },
    });
    expect(world.server.alive()).toEqual([]);
  });

  it('says that nothing is known where not even the list could be read, and looks again when asked', async () => {
    const world = aWorld();
    world.server.loseNextAnswer();
    world.server.failNextLists(1);
    expect(await world.issue()).toMatchObject({ error: { code: 'outcome-unknown', strays: null } });
    const [work] = world.keys.works.list();
    expect(await world.call('work.continue', { id: work?.id })).toMatchObject({
      value: { outcomeUnknown: true, strays: ['k1'] },
    });
  });
});

describe('revoking through the door', () => {
  it('answers when the provider refuses the key', async () => {
    const world = aWorld();
    const key = await world.aKey();
    expect(await world.call('keys.revoke', { id: key.id, confirmName: 'mail' })).toEqual(ok({}));
    expect(world.server.alive()).toEqual([]);
  });

  it('says that the key still works where the provider goes on accepting it', async () => {
    const world = aWorld();
    world.server.behaviour.acceptsRevokedKeyFor = Number.POSITIVE_INFINITY;
    const key = await world.aKey();
    expect(await world.call('keys.revoke', { id: key.id, confirmName: 'mail' })).toMatchObject({
      ok: false,
      error: { code: 'key-still-alive' },
    });
    expect(world.key(key.id).revokedAt).toBeNull();
  });

  it('says that the provider could not be reached, and goes on when asked', async () => {
    const world = aWorld();
    const key = await world.aKey();
    world.server.failNextRevocations(1);
    expect(await world.call('keys.revoke', { id: key.id, confirmName: 'mail' })).toMatchObject({
      error: { code: 'provider-unreachable' },
    });
    expect(await world.call('keys.revoke', { id: key.id, confirmName: 'mail' })).toEqual(ok({}));
  });
});

describe('copying through the door', () => {
  const copyOf = async (world: ReturnType<typeof aWorld>) => {
    const key = await world.aKey();
    return { key, copy: () => world.call('keys.copy', { id: key.id, field: 'API_KEY' }) };
  };

  it('puts the value on the clipboard and answers none of it', async () => {
    const world = aWorld();
    const { key, copy } = await copyOf(world);
    expect(await copy()).toEqual(ok({ by: 'main', clearsAfterSeconds: 45, concealed: true }));
    expect(world.desktop.board.text).toBe(world.stored(key.id));
    expect(await copy()).toMatchObject({ error: { code: 'already-copied' } });
  });

  it.each(['page', 'fails'] as const)(
    'gives the one time back where nothing was copied (%s)',
    async (way) => {
      const world = aWorld();
      const { key, copy } = await copyOf(world);
      world.desktop.behaviour.writes = way;
      expect(await copy()).toMatchObject(
        way === 'page' ? { ok: true, value: { by: 'page' } } : { error: { code: 'clipboard-failed' } },
      );
      expect(world.key(key.id).copyOnce.copiedFields).toEqual([]);
    },
  );

  it.each(['closed', 'opened again'])(
    'puts nothing on the clipboard when the vault was locked meanwhile (%s)',
    async (then) => {
      const world = aWorld();
      const { key, copy } = await copyOf(world);
      world.delays('activity.add', async () => {
        if (then === 'closed') world.closeVault();
        else world.reopenVault();
      });
      expect(await copy()).toEqual({ ok: false, error: failure('vault-closed') });
      expect(world.desktop.board.text).toBeNull();
      expect(world.key(key.id).copyOnce.copiedFields).toEqual([]);
    },
  );
});

describe('taking a key in through the door', () => {
  const takeIn = (world: ReturnType<typeof aWorld>, value: string, more = {}) =>
    world.call('keys.takeIn', {
      ...(inputs['keys.takeIn'] as object),
      connectionId: world.id,
      key: { API_KEY: value },
      ...more,
    });

  it('answers the key and none of its value', async () => {
    const world = aWorld();
    const { secret } = world.server.makeByHand('From the dashboard');
    const answer = await takeIn(world, secret);
    const [key] = world.records.keys.all();
    expect(answer).toEqual(ok({ keyId: key?.id, workId: world.keys.works.list()[0]?.id }));
    expect(JSON.stringify(await world.call('keys.get', { id: key?.id }))).not.toContain(secret);
  });

  it('says what is wrong with it', async () => {
    const world = aWorld();
    const made = world.server.makeByHand('From the dashboard');
    expect(await takeIn(world, 'ghp_something')).toMatchObject({ error: { code: 'key-form-unusual' } });
    world.server.revokeByHand(made.id);
    expect(await takeIn(world, made.secret)).toMatchObject({ error: { code: 'key-refused' } });
    expect(world.log.failures).toEqual([]);
  });

  it('says why the keychain did not take it', async () => {
    const world = aWorld();
    const { secret } = world.server.makeByHand('From the dashboard');
    world.fails('secrets.put', failure('keychain-denied'));
    expect(await takeIn(world, secret)).toEqual({ ok: false, error: failure('keychain-denied') });
    expect(world.records.keys.all()).toEqual([]);
  });

  it('tells which providers a pasted value may be of, and whether the vault holds it; it is sent nowhere', async () => {
    const world = aWorld();
    const { secret } = world.server.makeByHand('From the dashboard');
    const candidates = [{ providerId: 'example', field: 'API_KEY', environment: 'test' }];
    const pasted = { value: ` ${secret}\n` };
    expect(await world.call('keys.recognise', pasted)).toEqual(ok({ candidates, known: null }));
    expect(world.server.requests).toEqual([]);
    await takeIn(world, secret);
    const known = { id: world.records.keys.all()[0]?.id, name: 'mail' };
    expect(await world.call('keys.recognise', { value: secret })).toEqual(ok({ candidates, known }));
    const stranger = await world.call('keys.recognise', { value: 'hello' });
    expect(stranger).toEqual(ok({ candidates: [], known: null }));
  });

  it('does not take a revoked key for one that the vault holds', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const value = world.stored(key.id);
    await world.call('keys.revoke', { id: key.id, confirmName: '' });
    expect(await world.call('keys.recognise', { value })).toMatchObject({ value: { known: null } });
  });
});

describe('a rotation by hand through the door', () => {
  async function waiting() {
    const world = aWorld();
    world.server.behaviour.lacks.add('create').add('revoke');
    const { secret } = world.server.makeByHand('Old');
    const { keyId } = workOf(await world.keys.takeIn(secret));
    const begun = await world.call('keys.rotate', { id: keyId, grace: 'now' });
    await world.keys.works.settled();
    const work = world.keys.works.list().find((one) => one.kind === 'rotate');
    expect(begun).toEqual(ok({ workId: work?.id, newKeyId: work?.newKey?.id }));
    const goOn = (more: object) => world.call('work.continue', { id: work?.id, ...more });
    return { world, keyId, workId: work?.id, goOn };
  }

  it('waits for the key, takes it, waits for the revocation, and is done when the user says so', async () => {
    const { world, keyId, goOn } = await waiting();
    expect(await goOn({})).toMatchObject({ value: { origin: 'by-hand', blocked: { code: 'key-needed' } } });
    const made = world.server.makeByHand('New');
    const taken = await goOn({ key: { API_KEY: made.secret } });
    expect(taken).toMatchObject({ value: { blocked: { code: 'revocation-needed' } } });
    expect(JSON.stringify(taken)).not.toContain(made.secret);
    const revoke = (doneByHand: boolean) =>
      world.call('keys.revoke', { id: keyId, confirmName: '', doneByHand });
    expect(await revoke(false)).toMatchObject({ error: { code: 'revocation-needed' } });
    expect(await revoke(true)).toMatchObject({ error: { code: 'key-still-alive' } });
    world.server.revokeByHand('k1');
    expect(await revoke(true)).toEqual(ok({}));
    expect(world.log.failures).toEqual([]);
  });

  it('says what is wrong with the pasted key', async () => {
    const { world, goOn } = await waiting();
    const codes = { '': 'field-missing', ghp_x: 'key-form-unusual', sk_live_x: 'key-of-other-environment' };
    for (const [value, code] of Object.entries(codes)) {
      expect(await goOn({ key: { API_KEY: value } })).toMatchObject({ error: { code } });
    }
    const old = world.server.keys[0]?.secret;
    expect(await goOn({ key: { API_KEY: old } })).toMatchObject({ error: { code: 'key-known' } });
  });

  it('can be given up, and the old key is as it was', async () => {
    const { world, keyId, workId } = await waiting();
    expect(await world.call('work.giveUp', { id: workId })).toMatchObject({ value: { finished: 'undone' } });
    expect(world.key(keyId).status).toBe('active');
    expect(await world.call('work.giveUp', { id: workId })).toMatchObject({
      error: { code: 'work-unknown' },
    });
  });

  it('does not let a revocation be given up', async () => {
    const world = aWorld();
    const key = await world.aKey();
    world.server.failNextRevocations(1);
    await world.call('keys.revoke', { id: key.id, confirmName: '' });
    const work = world.keys.works.list().find((one) => one.kind === 'revoke');
    expect(await world.call('work.giveUp', { id: work?.id })).toMatchObject({
      error: { code: 'work-unknown' },
    });
  });
});

describe('a key that its provider replaces, through the door', () => {
  async function native(graceSeconds: number) {
    const world = aWorld();
    world.server.behaviour.lacks.add('create').delete('rotate');
    world.server.behaviour.rotateGraceSeconds = graceSeconds;
    const { keyId } = workOf(await world.keys.takeIn(world.server.makeByHand('Mail').secret));
    return { world, keyId };
  }

  it('is rotated only when the user confirms that the old key dies', async () => {
    const { world, keyId } = await native(0);
    const rotate = (more: object) => world.call('keys.rotate', { id: keyId, grace: 'now', ...more });
    expect(await rotate({})).toMatchObject({ error: { code: 'overlap-impossible', why: 'native' } });
    expect(await rotate({ oldDiesNow: true })).toMatchObject({ ok: true });
    await world.keys.works.settled();
    expect(world.key(keyId).status).toBe('revoked');
  });

  it('is not said to be revoked while the provider’s grace keeps it alive', async () => {
    const { world, keyId } = await native(3_600);
    await world.call('keys.rotate', { id: keyId, grace: '1-hour' });
    await world.keys.works.settled();
    expect(await world.call('keys.revoke', { id: keyId, confirmName: '' })).toMatchObject({
      error: { code: 'key-still-alive' },
    });
    expect(world.key(keyId).status).toBe('retiring');
  });
});

describe('targets through the door', () => {
  const aKeyIn = async (world: ReturnType<typeof aWorld>) => {
    const key = await world.aKey([into(envFile)]);
    return { key, id: key.id, targetId: key.targets[0]?.id };
  };

  it('are looked at, and whoever keeps what is known of them hears of it', async () => {
    const world = aWorld();
    const { id, targetId } = await aKeyIn(world);
    world.envFiles.files.set(envFile, 'OTHER=1\n');
    const targets = [{ targetId, state: 'missing', detail: '', astray: ['API_KEY'] }];
    expect(await world.call('keys.targetStates', { id })).toEqual(ok({ targets }));
    expect(world.seen).toEqual([[id, targets]]);
  });

  it('are unlinked with the lines that hold the key, and the others are named', async () => {
    const world = aWorld();
    const { id, targetId } = await aKeyIn(world);
    world.envFiles.files.set(envFile, 'API_KEY=mine\n');
    const unlink = { id, targetId, removeLines: true };
    expect(await world.call('keys.unlink', unlink)).toEqual(ok({ left: ['API_KEY'] }));
  });

  it('give their value to the key, and the answer is the work and the new key', async () => {
    const world = aWorld();
    const { id, targetId } = await aKeyIn(world);
    const made = world.server.makeByHand('New');
    world.envFiles.files.set(envFile, `API_KEY=${made.secret}\n`);
    const answer = await world.call('keys.takeValue', { id, targetId, grace: '1-hour' });
    await world.keys.works.settled();
    const [work] = world.keys.works.list().filter(({ kind }) => kind === 'rotate');
    expect(answer).toEqual(ok({ workId: work?.id, newKeyId: work?.newKey?.id }));
    expect(work).toMatchObject({ origin: 'by-hand', state: { step: 'retiring' } });
  });

  it('that have the vault’s own value are told as known', async () => {
    const world = aWorld();
    const { id, targetId } = await aKeyIn(world);
    const answer = await world.call('keys.takeValue', { id, targetId, grace: 'now' });
    expect(answer).toEqual({ ok: false, error: failure('key-known', { name: 'mail' }) });
  });

  it('name who reads a value otherwise, what the example lacks and what stays', async () => {
    const world = aWorld();
    const { key, id } = await aKeyIn(world);
    const target = { ...into(envFile, 'RENAMED'), keepsExample: true };
    const unwritable = failure('file-unwritable', {
      file: '/projects/shop/.env.example',
      reason: 'read-only',
    });
    world.fails('envFiles.nameInExample', unwritable);
    expect(await world.call('keys.write', { id, target })).toEqual(
      ok({
        targetId: key.targets[0]?.id,
        readDifferentlyBy: [],
        exampleFailed: true,
        left: [],
        renamed: [{ from: 'API_KEY', to: 'RENAMED' }],
      }),
    );
  });
});

describe('how a key is used', () => {
  it('is shown with the variable of its first target, or else the one that its provider proposes', async () => {
    const world = aWorld();
    const key = await world.aKey([into(envFile, 'MAIL_KEY')]);
    const snippets = (text: string) => ok({ snippets: [{ language: 'curl', text }] });
    expect(await world.call('keys.snippets', { id: key.id })).toEqual(snippets('curl $MAIL_KEY'));
    await world.call('keys.unlink', { id: key.id, targetId: key.targets[0]?.id });
    expect(await world.call('keys.snippets', { id: key.id })).toEqual(snippets('curl $EXAMPLE_API_KEY'));
  });

  it('is shown by a request that was signed just now, and nothing is written down or sent', async () => {
    const world = aWorld();
    const key = await world.aKey();
    const requests = world.server.requests.length;
    const events = world.activity.entries.length;
    const sample = await world.call('keys.signedSample', { id: key.id });
    expect(sample).toEqual(ok({ text: `curl -H 'X-Signature: ${world.stored(key.id)?.length}'` }));
    expect(world.server.requests).toHaveLength(requests);
    expect(world.activity.entries).toHaveLength(events);
    world.items.delete(`key/${key.id}`);
    expect(await world.call('keys.signedSample', { id: key.id })).toMatchObject({
      error: { code: 'secret-gone' },
    });
  });
});

it('tells a key with its history, its work and its targets, and sets how often it is rotated', async () => {
  const world = aWorld();
  const key = await world.aKey([into(envFile)]);
  expect(await world.call('keys.setPolicy', { ids: [key.id], policy: { everyDays: 30 } })).toEqual(ok({}));
  const rotation = workOf(await world.rotate(world.key(key.id), '24-hours'));
  const detail = await world.call('keys.get', { id: key.id });
  expect(detail).toMatchObject({
    ok: true,
    value: { policy: { everyDays: 30 }, workId: rotation.id, status: 'retiring', connection: 'Shop' },
  });
  expect(JSON.stringify(detail)).toContain('key-issued');
  expect(JSON.stringify(detail)).not.toContain(world.stored(key.id));
  expect(await world.call('keys.targetStates', { id: rotation.newKey?.id })).toMatchObject({
    value: { targets: [{ state: 'in-step' }] },
  });
  expect(await world.call('keys.lastUsed', { id: rotation.newKey?.id })).toEqual(ok({ lastUsedAt: start }));
  expect(world.log.failures).toEqual([]);
});

describe('when keys are due, through the door', () => {
  const row = async (world: ReturnType<typeof aWorld>, id: KeyId) => {
    const listed = await world.call('keys.list');
    return keysContract['keys.list'].output
      .parse((listed as { readonly value: unknown }).value)
      .keys.find((key) => key.id === id);
  };

  it('is by the key’s own period, else by its connection’s, else by the app’s', async () => {
    const world = aWorld();
    const { id } = await world.aKey();
    expect(await row(world, id)).toMatchObject({ everyDays: 90, periodFrom: 'key', dueBecause: 'period' });
    expect(await world.call('keys.setPolicy', { ids: [id], policy: {} })).toEqual(ok({}));
    expect(await row(world, id)).toMatchObject({ everyDays: 90, periodFrom: 'default' });
    const policy = { everyDays: null, because: 'Printed on paper' };
    expect(await world.call('connections.setPolicy', { id: world.id, policy })).toMatchObject({
      value: { name: 'Shop', policy },
    });
    expect(await row(world, id)).toMatchObject({
      everyDays: null,
      periodFrom: 'connection',
      dueAt: null,
      dueBecause: null,
    });
    expect(await world.call('connections.setPolicy', { id: connectionId, policy })).toMatchObject({
      error: { code: 'connection-unknown' },
    });
  });

  it('may be planned earlier, and taken back', async () => {
    const world = aWorld();
    const { id } = await world.aKey();
    expect(await world.call('keys.plan', { plans: [{ id, day: '2026-02-10' }] })).toEqual(ok({}));
    expect(await row(world, id)).toMatchObject({
      dueAt: Date.UTC(2026, 1, 10),
      dueBecause: 'plan',
      everyDays: 90,
    });
    expect(await world.call('keys.get', { id })).toMatchObject({ value: { plannedDay: '2026-02-10' } });
    expect(await world.call('keys.plan', { plans: [{ id, day: null }] })).toEqual(ok({}));
    expect(await row(world, id)).toMatchObject({ dueAt: Date.UTC(2026, 3, 1), dueBecause: 'period' });
    expect(await world.call('keys.plan', { plans: [{ id, day: '2026-02-30' }] })).toMatchObject({
      error: { code: 'invalid-input' },
    });
  });

  it('changes for all of many keys, or for none where one is not known', async () => {
    const world = aWorld();
    const { id } = await world.aKey();
    const ids = [id, keyId];
    const refused = { error: { code: 'key-unknown' } };
    expect(await world.call('keys.setPolicy', { ids, policy: { everyDays: 7 } })).toMatchObject(refused);
    const plans = ids.map((each) => ({ id: each, day: '2026-02-10' }));
    expect(await world.call('keys.plan', { plans })).toMatchObject(refused);
    expect(await row(world, id)).toMatchObject({ everyDays: 90, dueBecause: 'period' });
  });
});

it('names what is worth a look about keys, by what their provider has told', async () => {
  const world = aWorld();
  const one = await world.aKey([into('/projects/shop/.env'), into('/projects/mail/.env')]);
  const other = workOf(await world.keys.issue({ name: 'other' }));
  world.clock.advance(61 * 86_400_000);
  expect(await world.call('keys.check', { id: other.keyId })).toMatchObject({ ok: true });
  expect(await world.call('keys.risks')).toEqual(
    ok({
      risks: [{ kind: 'shared', keyId: one.id, at: null, folders: ['/projects/mail', '/projects/shop'] }],
    }),
  );
  expect(await world.call('connections.compare', { id: world.id })).toMatchObject({ ok: true });
  expect(await world.call('keys.risks')).toMatchObject({
    value: {
      risks: [
        { kind: 'shared', keyId: one.id },
        { kind: 'unused', keyId: one.id, at: null },
      ],
    },
  });
  expect(world.log.failures).toEqual([]);
});
