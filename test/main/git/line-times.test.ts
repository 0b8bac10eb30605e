import { rename } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lineTimes } from '../../../main/git/line-times.ts';
import { createGitWorld } from './git-world.ts';

it('tells when each committed line came, of equal ones the oldest, and nothing of others', async () => {
  const world = await createGitWorld();
  const root = await world.repository('shop');
  const file = await world.write('shop/.env', 'A=1\nB=2\r\n');
  const commitAt = async (at: string) => {
    await world.gitIn(root, 'add', '.');
    await world.gitIn(root, 'commit', '-q', '-m', 'Change', `--date=${at}`);
  };
  await commitAt('2020-01-01T00:00:00Z');
  await world.write('shop/.env', 'A=1\nB=3\r\nA=1\n');
  await commitAt('2022-02-02T00:00:00Z');
  await world.write('shop/.env', 'A=1\nC=4\n');
  const times = await lineTimes(world.run, file);
  expect(Object.fromEntries(times)).toEqual({ 'A=1': Date.UTC(2020, 0, 1), 'B=3': Date.UTC(2022, 1, 2) });
});

it('follows a file that was renamed, and keeps the times of its lines', async () => {
  const world = await createGitWorld();
  const root = await world.repository('shop');
  const file = await world.write('shop/old.env', 'A=1\nB=2\nC=3\n');
  await world.gitIn(root, 'add', '.');
  await world.gitIn(root, 'commit', '-q', '-m', 'Begin', '--date=2020-01-01T00:00:00Z');
  await rename(file, path.join(root, '.env'));
  await world.gitIn(root, 'add', '-A');
  await world.gitIn(root, 'commit', '-q', '-m', 'Rename', '--date=2022-02-02T00:00:00Z');
  const times = await lineTimes(world.run, path.join(root, '.env'));
  expect(times.get('B=2')).toBe(Date.UTC(2020, 0, 1));
});

it('tells nothing where there is nothing to tell', async () => {
  const world = await createGitWorld();
  const root = await world.repository('shop');
  const file = await world.write('shop/.env');
  expect((await lineTimes(world.run, file)).size).toBe(0);
  await world.gitIn(root, 'add', '.');
  expect((await lineTimes(world.run, file)).size).toBe(0);
  expect((await lineTimes(world.run, await world.write('plain/.env'))).size).toBe(0);
});
