import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInPlaceJournal } from '../../../main/env-files/in-place-journal.ts';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { eventually } from '../../support/eventually.ts';
import { describeOnLinux } from '../secrets/keychain.ts';
import { type AcmeServer, acmeDefinition, acmeToken, startAcme } from './acme-server.ts';
import { wish } from './app-world.ts';
import { runTheApp } from './running-app.ts';

const run = promisify(execFile);

describeOnLinux('targets, in the whole app', () => {
  const running = runTheApp();
  let acme: AcmeServer;
  let env: string;
  let other: string;

  beforeEach(async () => {
    acme = await startAcme();
    env = join(running.folder, '.env');
    other = join(running.folder, '.env.local');
  });
  afterEach(() => acme.stop());

  const into = (file: string) => ({ file, variables: { API_KEY: 'ACME_API_KEY' } });
  const valueIn = async (file: string) => parseEnv(await readFile(file, 'utf8')).ACME_API_KEY ?? '';

  async function connect(environment: 'test' | 'live') {
    const file = join(running.folder, 'acme.json');
    await writeFile(file, JSON.stringify(acmeDefinition(), null, 2));
    const { digest } = await running.app.call('providers.preview', { file });
    await running.app.call('providers.addFromFile', { file, digest });
    const facts = { providerId: 'acme', environment, settings: { url: acme.url } };
    return running.app.call('connections.add', { ...facts, name: 'Acme', credential: { token: acmeToken } });
  }

  async function issue(targets: { file: string }[], environment: 'test' | 'live' = 'test') {
    const { id: connectionId } = await connect(environment);
    const all = targets.map(({ file }) => into(file));
    const { keyId } = await running.app.call('keys.issue', {
      ...wish,
      connectionId,
      name: 'shop',
      targets: all,
    });
    return keyId;
  }

  async function rowOf(id: KeyId) {
    const { keys } = await running.app.call('keys.list', {});
    return keys.find((key) => key.id === id);
  }

  const toldOf = (id: KeyId) =>
    running.app.feeds
      .filter((message) => message.feed === 'keys.targetsChanged')
      .flatMap((message) => (message.state as { keys: { id: KeyId }[] }).keys)
      .filter((key) => key.id === id);

  it('shows within moments that somebody has changed a file, and that it is well again', async () => {
    const keyId = await issue([{ file: env }, { file: other }]);
    const text = await readFile(env, 'utf8');
    await eventually(async () => expect(await rowOf(keyId)).toMatchObject({ targets: 2, targetsAstray: 0 }));
    // Long enough for the files to be watched.
    await new Promise((resolve) => setTimeout(resolve, 500));
    await writeFile(env, 'ACME_API_KEY=mine\n');
    await eventually(async () => expect((await rowOf(keyId))?.targetsAstray).toBe(1));
    expect(toldOf(keyId).at(-1)).toMatchObject({
      targets: [{ state: 'differs', astray: ['ACME_API_KEY'] }, { state: 'in-step' }],
    });
    await rm(other);
    await eventually(async () => expect((await rowOf(keyId))?.targetsAstray).toBe(2));
    await writeFile(env, text);
    await eventually(async () => expect((await rowOf(keyId))?.targetsAstray).toBe(1));
    expect(running.app.log.failures).toEqual([]);
  });

  it('knows at the next start what has gone astray meanwhile', async () => {
    const keyId = await issue([{ file: env }]);
    await running.app.stop();
    await writeFile(env, 'ACME_API_KEY=mine\n');
    await running.start();
    await eventually(async () => expect((await rowOf(keyId))?.targetsAstray).toBe(1));
  });

  it('tells nothing of files while the vault is locked', async () => {
    await issue([{ file: env }]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await running.app.call('vault.lock', {});
    const told = running.app.feeds.length;
    await writeFile(env, 'ACME_API_KEY=mine\n');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(running.app.feeds.slice(told)).toEqual([]);
  });

  it('takes the value that somebody has put into a file, and gives it to the other one', async () => {
    const keyId = await issue([{ file: env }, { file: other }]);
    const text = 'ACME_API_KEY="acme_value_made_by_hand_01"\n';
    acme.keys.set('k9', { name: 'by hand', value: 'acme_value_made_by_hand_01' });
    await writeFile(env, text);
    const { targets } = await running.app.call('keys.get', { id: keyId });
    const targetId = targets[0]?.id;
    if (targetId === undefined) throw new Error('No target');
    const { workId, newKeyId } = await running.app.call('keys.takeValue', {
      id: keyId,
      targetId,
      grace: 'now',
    });
    await eventually(async () => {
      const { works } = await running.app.call('work.list', {});
      expect(works.find((work) => work.id === workId)).toMatchObject({ finished: 'done' });
    });
    expect(await readFile(env, 'utf8')).toBe(text);
    expect(await valueIn(other)).toBe('acme_value_made_by_hand_01');
    expect([...acme.keys.keys()]).toEqual(['k0', 'k9']);
    const shown = await running.app.ask('keys.reveal', { id: newKeyId, purpose: 'show', field: null });
    expect(shown).toMatchObject({ error: { code: 'already-sealed' } });
  });

  it('lets a live key into a file that Git tracks only once its name is typed, and asks nobody before', async () => {
    const git = (...words: string[]) => run('git', ['-C', running.folder, ...words]);
    await git('init', '-q');
    await writeFile(env, 'OTHER=1\n');
    await git('add', '.env');
    const { id: connectionId } = await connect('live');
    const before = acme.requests.length;
    const ask = (confirmName: string) =>
      running.app.ask('keys.issue', {
        ...wish,
        connectionId,
        name: 'shop',
        targets: [{ ...into(env), confirmName }],
      });
    expect(await ask('')).toMatchObject({ ok: false, error: { code: 'file-tracked', file: env } });
    expect(acme.requests).toHaveLength(before);
    expect(await readFile(env, 'utf8')).toBe('OTHER=1\n');
    expect(await ask('shop')).toMatchObject({ ok: true });
    expect(await valueIn(env)).toBe(acme.keys.get('k1')?.value);
  });

  it('takes an edit back at the next start that a power cut has left in the middle of a file', async () => {
    await running.app.stop();
    const { stdout } = await running.keyring.secretTool(['lookup', 'service', 'keyturn', 'account', 'vault']);
    const dataKey = Buffer.from(stdout, 'base64');
    const before = Buffer.from('# of the team\nA=1\nACME_API_KEY=the-old-one\nB=2\n');
    const after = Buffer.from('# of the team\nA=1\nACME_API_KEY=another-one-that-is-longer\nB=2\n');
    const torn = Buffer.concat([after.subarray(0, 45), before.subarray(45), Buffer.alloc(15, '\n')]);
    await writeFile(env, torn);
    const { ino } = await stat(env, { bigint: true });
    const journal = createInPlaceJournal({
      folder: join(running.folder, 'data', 'pending-edits'),
      dataKey,
      random: randomBytes,
    });
    await journal.keep({ real: await realpath(env), ino, at: Date.now(), before, after });
    await running.start();
    await eventually(async () => expect(await readFile(env)).toEqual(before));
    expect((await journal.all()).edits).toEqual([]);
  });
});
