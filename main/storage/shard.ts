import { readFileSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createLine } from '../turns.ts';
import { syncFolder } from './durable-file.ts';
import type { SetAside } from './records.ts';
import { keepGeneration, replaceStore } from './replace-store.ts';
import { setAside } from './set-aside.ts';
import { type Entries, encodeShard, type ShardFormat } from './shard-file.ts';
import type { StoreLike } from './store-like.ts';

/**
 * One store of records: its entries in memory, the same on disk, and the generation before beside it (`.bak`).
 * Changes are made one after the other; each is on disk before it is in memory.
 */
export class Shard {
  readonly #format: ShardFormat;
  readonly #name: string;
  readonly #store: StoreLike;
  readonly #report: (found: SetAside) => void;
  readonly #now: () => number;
  #entries: Entries;
  #stamp: string | null;
  readonly #inLine = createLine();

  constructor(options: {
    readonly format: ShardFormat;
    readonly name: string;
    readonly store: StoreLike;
    readonly entries: Entries;
    readonly report: (found: SetAside) => void;
    readonly now: () => number;
  }) {
    this.#format = options.format;
    this.#name = options.name;
    this.#store = options.store;
    this.#entries = options.entries;
    this.#report = options.report;
    this.#now = options.now;
    this.#stamp = stampOf(options.store.path);
  }

  /** Changes the entries, after all changes that were asked for before. Throws what the file system throws. */
  change(update: (entries: Map<string, string>) => void): Promise<void> {
    return this.#inLine(async () => {
      const next = new Map(this.#entries);
      update(next);
      await this.#keepGeneration();
      await this.#write(next);
    });
  }

  /** Replaces a file whose damaged content has been set aside; the generation beside it stays. */
  async repair(): Promise<void> {
    await this.#write(this.#entries);
  }

  /**
   * Only what this app wrote becomes the generation before: a file that someone else changed meanwhile is set
   * aside instead, and the good generation stays.
   */
  async #keepGeneration(): Promise<void> {
    const { path } = this.#store;
    const stamp = stampOf(path);
    if (stamp === null) return;
    if (stamp === this.#stamp) keepGeneration(path);
    else
      this.#report(await setAside(dirname(path), basename(path), readFileSync(path), 'altered', this.#now()));
  }

  async #write(entries: Entries): Promise<void> {
    const { path } = this.#store;
    try {
      replaceStore(this.#store, encodeShard(this.#format, this.#name, entries));
    } finally {
      this.#stamp = stampOf(path);
    }
    await syncFolder(dirname(path));
    this.#entries = entries;
  }
}

/** Tells this content of the file from any later one; null when there is no file. */
function stampOf(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? null : `${stats.ino} ${stats.size} ${stats.mtimeNs}`;
}
