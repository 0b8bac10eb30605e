import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createGit } from '../../../main/git/create-git.ts';
import { type LeakSearch, searchLeaks } from '../../../main/leaks/search-leaks.ts';
import type { KeyRecord } from '../../../shared/domain/key.ts';
import type { SearchProgress } from '../../../shared/ipc/search.contract.ts';
import { createMemorySecretStore } from '../../fakes/memory-secret-store.ts';
import { keyRecord } from '../../main/storage/records-for-tests.ts';
import { leaksWorkerFile } from '../../support/leaks-program.ts';

/** A value that is on no disk but where a test puts it. */
export const keyValue = (number: number): string =>
  `sk_live_${String(number).padStart(4, '0')}${Buffer.from(`value ${number} of a key`).toString('hex')}`;

/** A vault with keys, and a folder to search, which is removed at the end. */
export function createLeaksWorld() {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'keyturn-leaks-')));
  const folder = path.join(root, 'project');
  mkdirSync(folder);
  const secrets = createMemorySecretStore({ items: [['vault', 'data key']] });
  const keys = new Map<KeyRecord['id'], KeyRecord>();
  const progress: SearchProgress[] = [];
  const controller = new AbortController();
  let heard = () => {};

  /** Runs Git as its user does, with nothing of this machine's settings. */
  function git(...args: string[]): string {
    return gitIn(folder, ...args);
  }
  function gitIn(where: string, ...args: string[]): string {
    const { PATH } = process.env;
    const env = { PATH, HOME: root, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
    return execFileSync('git', ['-C', where, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  }

  return {
    root,
    folder,
    secrets,
    progress,
    controller,
    /** Calls this with everything that is told of the search's progress. */
    atProgress(act: () => void) {
      heard = act;
    },
    git,
    gitIn,
    /** Puts a key into the vault; the same number is always the same key with the same value. */
    key(number: number, changes: Partial<KeyRecord> = {}, value = keyValue(number)): KeyRecord {
      const key = keyRecord(number, { targets: [], ...changes });
      keys.set(key.id, key);
      secrets.items.set(`key/${key.id}`, JSON.stringify({ API_KEY: value }));
      return key;
    },
    write(file: string, content: string | Uint8Array): string {
      const place = path.join(folder, file);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, content);
      return place;
    },
    /** Makes the folder a repository whose commits are one day apart. */
    initGit(where = folder): void {
      gitIn(where, 'init', '-q', '-b', 'main');
      gitIn(where, 'config', 'user.name', 'Ada');
      gitIn(where, 'config', 'user.email', 'ada@example.com');
    },
    commit(message: string): string {
      git('add', '-A');
      git('commit', '-q', '-m', message);
      return git('rev-parse', 'HEAD').trim();
    },
    async search(history: boolean, where = folder): Promise<LeakSearch> {
      const searched = await searchLeaks(
        {
          vault: {
            secrets,
            records: { keys: { all: () => [...keys.values()], get: (id) => keys.get(id) } },
            ports: { unstored: new Map() },
          },
          git: createGit(),
          workerFile: leaksWorkerFile,
          signal: controller.signal,
          progress(one) {
            progress.push(one);
            heard();
          },
        },
        { folder: where, history },
      );
      if (!searched.ok) throw new Error(JSON.stringify(searched.error));
      return searched.value;
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export type LeaksWorld = ReturnType<typeof createLeaksWorld>;

/** Where a leak is, in one line. */
export const placeOf = ({ file, line, name, stillThere, commit }: LeakSearch['leaks'][number]): string =>
  `${file}:${line} ${name}${stillThere ? '' : ', gone'}${commit === null ? '' : `, ${commit.subject}`}`;
