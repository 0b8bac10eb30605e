import { setImmediate as letOthers } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Dialect } from '../../shared/domain/env-file.ts';
import type { KeyId, WorkId } from '../../shared/domain/ids.ts';
import type { KeyRecord } from '../../shared/domain/key.ts';
import type { Work } from '../../shared/domain/work.ts';
import type { TargetState } from '../../shared/ipc/keys.contract.ts';
import type { EnvFiles } from '../env-files/env-files.ts';
import type { CreateFileWatch, FileWatch } from '../env-files/file-watch.ts';
import { inGroups, inOrder } from '../in-order.ts';
import type { Records } from '../storage/records.ts';
import type { KeyPorts } from './key-ports.ts';
import { type LookedAt, lookAtVariables, standingOf } from './target-standing.ts';
import { type KeyByValue, keysByValue } from './variable-holders.ts';

/** How many files are read at the same time. */
const filesAtOnce = 4;

/** How many keys are gone through before others have their turn. */
const keysAtOnce = 500;

/** How long changes are gathered before their files are read, in milliseconds: a rotation changes a key several times. */
const gatherMs = 100;

/** Keeps the last known standing of the targets of all keys in use, by their fingerprints alone. */
export interface TargetWatch {
  /** Begins to look at every target and to watch the files. Answers at once; the looking goes on behind. */
  start(unfinished: readonly Work[]): void;
  /** How many of the key's files did not hold its value when they were last looked at. */
  astrayOf(id: KeyId): number;
  /** Keys were added, changed or removed. */
  keysChanged(ids: readonly KeyId[]): void;
  /** Work has come further: while it writes a key's targets, how they stand says nothing. */
  workChanged(work: Work): void;
  /** Files that may have changed: they are looked at soon, if they are anybody's target. */
  filesChanged(files: readonly string[]): void;
  /** Somebody has just looked at the key's targets. */
  seen(id: KeyId, states: readonly TargetState[]): void;
  /** Looks at no further file, and lets go of all. */
  stop(): Promise<void>;
}

export interface TargetWatchOptions {
  readonly keys: Pick<Records['keys'], 'all' | 'get'>;
  readonly envFiles: Pick<EnvFiles, 'read' | 'misread'>;
  readonly fingerprint: KeyPorts['fingerprint'];
  readonly createFileWatch: CreateFileWatch;
  /** Standings that are not as they were, each of them whole. */
  readonly changed: (keys: readonly { readonly id: KeyId; readonly targets: TargetState[] }[]) => void;
  /** Keys of which another number of targets is astray now. */
  readonly astrayChanged: (ids: readonly KeyId[]) => void;
  /** A fault in the code. */
  readonly failed: (cause: unknown) => void;
}

/** Builds the watch; nothing is read or watched before `start`. */
export function createTargetWatch(options: TargetWatchOptions): TargetWatch {
  const { keys, fingerprint } = options;
  let watch: FileWatch | null = null;
  const known = new Map<KeyId, readonly TargetState[]>();
  /** Whose targets a file is. */
  const holders = new Map<string, Set<KeyId>>();
  const filesOf = new Map<KeyId, readonly string[]>();
  /** The keys whose targets are being written, by the work that does it. */
  const writing = new Map<WorkId, readonly KeyId[]>();
  const toRead = new Set<string>();
  let isWatchDue = false;
  let state: 'new' | 'watching' | 'stopped' = 'new';
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> = Promise.resolve();
  let isLooking = false;
  let hasLooked = false;

  function lookSoon(): void {
    if (state !== 'watching' || timer !== null || isLooking) return;
    timer = setTimeout(() => {
      timer = null;
      isLooking = true;
      looking = lookAtAll()
        .catch(options.failed)
        .finally(() => {
          isLooking = false;
          if (toRead.size > 0 || isWatchDue) lookSoon();
        });
    }, gatherMs);
    timer.unref();
  }

  /** Reads every file that is waiting, once for all of its keys, and tells what is not as it was. */
  async function lookAtAll(): Promise<void> {
    if (isWatchDue) {
      isWatchDue = false;
      // Before they are read, so that no change in between is missed.
      watch?.watch([...holders.keys()]);
    }
    const files = [...toRead];
    toRead.clear();
    const before = new Map<KeyId, readonly TargetState[]>();
    const keyWith = keysByValue(keys);
    for await (const looked of inOrder(files, filesAtOnce, (file) => look(file, keyWith))) {
      if (state !== 'watching') return;
      for (const [id, states] of looked) {
        if (!before.has(id)) before.set(id, known.get(id) ?? []);
        put(id, states);
      }
    }
    // What is found at the first look is not news, unless it is bad.
    tell(hasLooked ? before : new Map([...before].filter(([id]) => astrayOf(id) > 0)));
    hasLooked = true;
  }

  /** Goes through all keys without holding anything else up. */
  async function followAll(): Promise<void> {
    for (const group of inGroups(keys.all(), keysAtOnce)) {
      await letOthers();
      if (state !== 'watching') return;
      for (const { id } of group) follow(id);
    }
    lookSoon();
  }

  async function look(file: string, keyWith: KeyByValue): Promise<[KeyId, TargetState[]][]> {
    const inFile = () => [...(holders.get(file) ?? [])].flatMap((id) => keys.get(id) ?? []);
    const variablesFor = new Map<Dialect, Set<string>>();
    for (const target of inFile().flatMap(({ targets }) => targets.filter((one) => one.file === file))) {
      const variables = variablesFor.get(target.dialect) ?? new Set();
      for (const variable of Object.values(target.variables)) variables.add(variable);
      variablesFor.set(target.dialect, variables);
    }
    const reads = new Map<Dialect, LookedAt>();
    for (const [dialect, variables] of variablesFor) {
      if (state !== 'watching') return [];
      reads.set(dialect, await lookAtVariables(options.envFiles, file, [...variables], dialect));
    }
    // As the keys are now: one may have been replaced meanwhile, or have got other variables, which are read next.
    return inFile().map((key) => [
      key.id,
      key.targets.flatMap((target) => {
        const read = target.file === file ? reads.get(target.dialect) : undefined;
        const wanted = variablesFor.get(target.dialect);
        const wasRead = Object.values(target.variables).every((name) => wanted?.has(name));
        return read === undefined || !wasRead ? [] : [standingOf(key, target, read, fingerprint, keyWith)];
      }),
    ]);
  }

  /** Puts these standings in the place of older ones of the same targets, in the order of the key's targets. */
  function put(id: KeyId, states: readonly TargetState[]): void {
    const targets = keys.get(id)?.targets ?? [];
    const all = new Map([...(known.get(id) ?? []), ...states].map((one) => [one.targetId, one]));
    known.set(
      id,
      targets.flatMap((target) => all.get(target.id) ?? []),
    );
  }

  function tell(before: ReadonlyMap<KeyId, readonly TargetState[]>): void {
    const changed = [...before].filter(([id, states]) => !isDeepStrictEqual(states, known.get(id) ?? []));
    if (changed.length === 0 || state !== 'watching') return;
    options.changed(changed.map(([id]) => ({ id, targets: [...(known.get(id) ?? [])] })));
    const others = changed.filter(([id, states]) => countAstray(id, states) !== astrayOf(id));
    if (others.length > 0) options.astrayChanged(others.map(([id]) => id));
  }

  function filesChanged(files: readonly string[]): void {
    for (const file of files) if (holders.has(file)) toRead.add(file);
    if (toRead.size > 0) lookSoon();
  }

  /** Brings what is watched in line with the key as it is now. */
  function follow(id: KeyId): void {
    const key = keys.get(id);
    const isBeingWritten = [...writing.values()].some((ids) => ids.includes(id));
    const counts = key !== undefined && !isBeingWritten && isToHoldValue(key, keys);
    const files = counts ? key.targets.map(({ file }) => file) : [];
    for (const file of filesOf.get(id) ?? []) {
      const left = holders.get(file);
      left?.delete(id);
      if (left?.size !== 0) continue;
      holders.delete(file);
      isWatchDue = true;
    }
    for (const file of files) {
      const holding = holders.get(file) ?? new Set();
      if (holding.size === 0) isWatchDue = true;
      holders.set(file, holding.add(id));
      toRead.add(file);
    }
    if (files.length > 0) filesOf.set(id, files);
    else filesOf.delete(id);
    // What is left is of targets that the key has still; the others' standings go with them.
    if (files.length > 0) put(id, []);
    else known.delete(id);
  }

  function keysChanged(ids: readonly KeyId[]): void {
    if (state !== 'watching') return;
    for (const id of ids) follow(id);
    if (toRead.size > 0 || isWatchDue) lookSoon();
  }

  /** The keys whose targets the work has begun to write, or has ceased to. */
  function noteWork({ id, keyId, newKey, state: { step }, blocked }: Work): readonly KeyId[] {
    const before = writing.get(id);
    const isWriting = blocked === null && writingSteps.includes(step);
    if (isWriting === (before !== undefined)) return [];
    const ids = before ?? [keyId, ...(newKey === null || newKey.id === keyId ? [] : [newKey.id])];
    if (isWriting) writing.set(id, ids);
    else writing.delete(id);
    return ids;
  }

  function astrayOf(id: KeyId): number {
    return countAstray(id, known.get(id) ?? []);
  }

  /** Two targets of one file are one file that is astray. */
  function countAstray(id: KeyId, states: readonly TargetState[]): number {
    const astray = new Set(states.filter((one) => one.state !== 'in-step').map(({ targetId }) => targetId));
    const targets = keys.get(id)?.targets ?? [];
    return new Set(targets.filter((target) => astray.has(target.id)).map(({ file }) => file)).size;
  }

  return {
    astrayOf,
    filesChanged,
    start(unfinished) {
      if (state !== 'new') return;
      state = 'watching';
      for (const work of unfinished) noteWork(work);
      watch = options.createFileWatch(filesChanged);
      followAll().catch(options.failed);
    },
    keysChanged,
    workChanged(work) {
      if (state === 'watching') keysChanged(noteWork(work));
    },
    seen(id, states) {
      if (state !== 'watching' || !filesOf.has(id)) return;
      const before = known.get(id) ?? [];
      put(id, states);
      tell(new Map([[id, before]]));
    },
    async stop() {
      state = 'stopped';
      if (timer !== null) clearTimeout(timer);
      timer = null;
      toRead.clear();
      known.clear();
      await Promise.all([looking, watch?.stop()]);
    },
  };
}

/** The steps in which a key is recorded and its files are on their way to its value, or back. */
const writingSteps: readonly Work['state']['step'][] = [
  'created',
  'stored',
  'verified',
  'delivered',
  'restoring',
];

/**
 * Whether a key's targets are to hold its value now: it is in use, and not a new one that is still on its way into the
 * files of the one that it replaces.
 */
function isToHoldValue(key: KeyRecord, keys: Pick<Records['keys'], 'get'>): boolean {
  if (key.revokedAt !== null || key.replacedBy !== null) return false;
  const hasTakenOver = key.replaces === null || keys.get(key.replaces)?.replacedBy !== null;
  return key.status !== 'rotating' || hasTakenOver;
}
