import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { findGit } from '../../../main/git/find-git.ts';
import { lineTimes } from '../../../main/git/line-times.ts';
import { runGit, spawnGit } from '../../../main/git/run-git.ts';
import { aTrap, createGitWorld } from './git-world.ts';

afterEach(() => vi.unstubAllEnvs());

describe('Git is asked', () => {
  it('and runs nothing that a repository’s configuration or hooks name', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env', 'KEY=one\n');
    await world.gitIn(root, 'add', '.env');
    await world.gitIn(root, 'commit', '-q', '-m', 'Add it');
    const { program, sprung } = await aTrap(world);
    const settings: [string, string][] = [
      ['core.fsmonitor', program],
      ['core.hooksPath', path.dirname(program)],
      ['core.pager', program],
      ['core.editor', program],
      ['core.sshCommand', program],
      ['diff.external', program],
      ['diff.trap.textconv', program],
      ['diff.trap.command', program],
      ['filter.trap.clean', program],
      ['filter.trap.smudge', program],
      ['gpg.program', program],
      ['log.showSignature', 'true'],
      ['credential.helper', program],
      ['alias.blame', `!${program}`],
    ];
    for (const [name, value] of settings) await world.gitIn(root, 'config', name, value);
    for (const hook of await readdir(path.join(root, '.git/hooks')))
      await rm(path.join(root, '.git/hooks', hook));
    for (const hook of ['post-index-change', 'pre-commit', 'fsmonitor-watchman'])
      await writeFile(path.join(root, '.git/hooks', hook), await readFile(program), { mode: 0o755 });
    await world.write('shop/.gitattributes', '* filter=trap diff=trap\n');
    // The index does not know whether the file is as it was, and would have it looked at through the filter.
    await writeFile(file, 'KEY=two\n');

    expect(await world.git.standingOf(file)).toMatchObject({ state: 'tracked' });
    expect(await world.git.standingOf(path.join(root, 'new.env'))).toMatchObject({ state: 'not-ignored' });
    expect(await world.git.ignore(path.join(root, 'new.env'))).toMatchObject({ ok: true });
    expect([...(await lineTimes(world.run, file)).keys()]).toEqual(['KEY=one']);
    expect(existsSync(sprung)).toBe(false);
    // The trap does spring where Git is run as it is.
    await world.gitIn(root, 'status').catch(() => '');
    expect(existsSync(sprung)).toBe(true);
  });

  it('and runs no hook, whatever it is asked to do', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    await world.write('shop/.env');
    const { program, sprung } = await aTrap(world);
    await writeFile(path.join(root, '.git/hooks/post-index-change'), await readFile(program), {
      mode: 0o755,
    });
    expect(await world.run(root, ['update-index', '--add', '.env'])).toMatchObject({ ok: true });
    expect(existsSync(sprung)).toBe(false);
    await world.write('shop/.env', 'KEY=2\n');
    await world.gitIn(root, 'update-index', '.env');
    expect(existsSync(sprung)).toBe(true);
  });

  it('and connects to nowhere to complete a repository that has only a part', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const { program, sprung } = await aTrap(world);
    const settings: [string, string][] = [
      ['core.repositoryFormatVersion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.promisor', 'true'],
      ['remote.origin.url', `ext::${program}`],
      ['protocol.ext.allow', 'always'],
    ];
    for (const [name, value] of settings) await world.gitIn(root, 'config', name, value);
    const absent = ['cat-file', '-p', 'a'.repeat(40)];
    // A Git that does not know how to leave the rest away fetches it, so that must not go anywhere either.
    for (const asked of [absent, ['fetch', 'origin']])
      expect(await world.run(root, asked)).toMatchObject({ ok: false, error: { kind: 'failed' } });
    expect(existsSync(sprung)).toBe(false);
    await promisify(execFile)('git', ['-C', root, ...absent], { env: { PATH: process.env.PATH } }).catch(
      () => '',
    );
    expect(existsSync(sprung)).toBe(true);
  });

  it('and leaves the repository as it was, index and locks included', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const file = await world.write('shop/.env');
    await world.gitIn(root, 'add', '.env');
    await writeFile(file, 'KEY=2\n');
    const index = path.join(root, '.git/index');
    const before = await stat(index, { bigint: true });
    await world.git.standingOf(file);
    expect((await stat(index, { bigint: true })).mtimeNs).toBe(before.mtimeNs);
    expect((await readdir(path.join(root, '.git'))).filter((name) => name.endsWith('.lock'))).toEqual([]);
  });

  it('and answers bytes, the exit code where it is an answer, and why it failed otherwise', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const hashed = await runGit(root, ['hash-object', '--stdin'], { input: 'x' });
    expect(hashed.ok && hashed.value.stdout.toString()).toMatch(/^[0-9a-f]{40}\n$/);
    const asked = ['rev-parse', '--verify', '--quiet', 'HEAD'];
    expect(await runGit(root, asked, { exitCodes: [0, 1] })).toMatchObject({
      ok: true,
      value: { exitCode: 1 },
    });
    expect(await runGit(root, asked)).toMatchObject({ ok: false, error: { kind: 'failed' } });
    expect(await runGit(world.home, ['rev-parse', '--show-toplevel'])).toMatchObject({
      ok: false,
      error: { kind: 'no-repository' },
    });
  });

  it('for no longer than it may take, and for no more than is wanted', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    await world.write('shop/big', 'x'.repeat(200_000));
    await world.gitIn(root, 'add', 'big');
    const id = (await world.gitIn(root, 'ls-files', '-s', 'big')).split(' ')[1] ?? '';
    expect(await runGit(root, ['cat-file', '-p', id], { maxBytes: 100_000 })).toMatchObject({
      ok: false,
      error: { kind: 'too-big' },
    });
    const { program } = await slowGit(world.folder);
    vi.stubEnv('PATH', path.dirname(program));
    const late = await runGit(root, ['rev-parse'], { timeoutMs: 100 });
    expect(late).toMatchObject({ ok: false, error: { kind: 'timed-out' } });
    const cancelled = await runGit(root, ['rev-parse'], { signal: AbortSignal.timeout(100) });
    expect(cancelled).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
    const before = await runGit(root, ['rev-parse'], { signal: AbortSignal.abort() });
    expect(before).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });

  it('in a stream for long answers', async () => {
    const world = await createGitWorld();
    const root = await world.repository('shop');
    const git = spawnGit(root, ['cat-file', '--batch-check']);
    git.stdin.end('nothing\n');
    const chunks: Buffer[] = [];
    for await (const chunk of git.stdout) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('nothing missing\n');
    expect(await git.ended).toEqual({ ok: true, value: { exitCode: 0 } });
    vi.stubEnv('PATH', '');
    const absent = spawnGit(root, ['cat-file', '--batch-check']);
    absent.stdin.end('nothing\n');
    for await (const chunk of absent.stdout) chunks.push(chunk);
    expect(await absent.ended).toMatchObject({ ok: false, error: { kind: 'not-installed' } });
  });
});

describe('the Git that is run', () => {
  it('is never one that lies in the folder that is asked about', async () => {
    const world = await createGitWorld();
    const { program } = await slowGit(world.folder);
    const folder = path.dirname(program);
    expect(findGit({ PATH: folder })).toBe(program);
    expect(findGit({ PATH: `.:${path.relative(process.cwd(), folder)}::` })).toBe(null);
    expect(findGit({})).toBe(null);
  });

  it('is not one that cannot be run', async () => {
    const world = await createGitWorld();
    const { program } = await slowGit(world.folder);
    await chmod(program, 0o644);
    expect(findGit({ PATH: path.dirname(program) })).toBe(null);
  });
});

/** A program called `git` that never answers. */
async function slowGit(folder: string): Promise<{ program: string }> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  const program = path.join(bin, 'git');
  await writeFile(program, '#!/bin/sh\nexec /bin/sleep 300\n', { mode: 0o755 });
  return { program };
}
