import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { removeLeftOvers, syncFolder, writeDurably } from '../storage/durable-file.ts';
import { createTurns, type InTurn } from '../turns.ts';
import { errnoOf } from './fs-failure.ts';

/** A file that is about to be written into: where it is, which file it is, and what it holds before and afterwards. */
export interface InPlaceEdit {
  /** The path with all links followed. */
  readonly real: string;
  readonly ino: bigint;
  /** When the writing began, in milliseconds since 1970. */
  readonly at: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * [Note: an edit in place can be taken back]
 * Before the first byte of a file is changed in place, all that is needed to take the change back is on the disk; it
 * goes when the last byte has got there. `recoverInPlace` looks at what is still kept.
 */
export interface InPlaceJournal {
  /** Runs what is done to one file and its record alone, in the order of the calls. */
  readonly alone: InTurn;
  /** Durable when it answers. Throws what the system answers, and then nothing is kept. */
  keep(edit: InPlaceEdit): Promise<void>;
  /** The edit that is kept for this file; null where there is none. */
  of(real: string): Promise<InPlaceEdit | null>;
  /** Everything that is kept. `unreadable`: records that are damaged or another vault's; they stay. */
  all(): Promise<{ readonly edits: readonly InPlaceEdit[]; readonly unreadable: readonly string[] }>;
  /** Durable when it answers; of a file without a record too. */
  clear(real: string): Promise<void>;
}

const head = Buffer.from('keyturn in-place edit 1\n');
const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;
const ownerOnly = 0o600;
const recordName = /^[0-9a-f]{32}$/;
const leftOverName = /^\.([0-9a-f]{32})\.[0-9a-f]{12}\.tmp$/;

/**
 * The records in `folder`, which is made when first needed: one file each, for its owner only, encrypted (AES-256-GCM)
 * under a key derived from the vault's data key (HKDF-SHA256, label `pending-edits`). A record is named after its
 * file by an HMAC, and the name is part of what is authenticated.
 */
export function createInPlaceJournal({
  folder,
  dataKey,
  random,
}: {
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly random: (bytes: number) => Uint8Array;
}): InPlaceJournal {
  const keys = Buffer.from(hkdfSync('sha256', dataKey, '', 'pending-edits', 64));
  const sealKey = keys.subarray(0, 32);
  const nameKey = keys.subarray(32);
  const nameOf = (real: string) => createHmac('sha256', nameKey).update(real).digest('hex').slice(0, 32);
  const authenticated = (name: string) => Buffer.concat([head, Buffer.from(name)]);

  function seal(name: string, edit: InPlaceEdit): Buffer {
    const nonce = random(nonceBytes);
    const sealing = createCipheriv(cipher, sealKey, nonce).setAAD(authenticated(name));
    const sealed = [sealing.update(writeEdit(edit)), sealing.final(), sealing.getAuthTag()];
    return Buffer.concat([head, nonce, ...sealed]);
  }

  /** Throws for whatever is not a record of ours under this name. */
  function unseal(name: string, bytes: Buffer): InPlaceEdit {
    const nonce = bytes.subarray(head.length, head.length + nonceBytes);
    const opening = createDecipheriv(cipher, sealKey, nonce, { authTagLength: tagBytes });
    opening.setAAD(authenticated(name)).setAuthTag(bytes.subarray(-tagBytes));
    const sealed = bytes.subarray(head.length + nonceBytes, -tagBytes);
    return readEdit(Buffer.concat([opening.update(sealed), opening.final()]));
  }

  async function recordIn(name: string): Promise<InPlaceEdit | 'unreadable' | null> {
    const bytes = await readFile(path.join(folder, name)).catch(nullIfAbsent);
    if (bytes === null) return null;
    try {
      return unseal(name, bytes);
    } catch {
      return 'unreadable';
    }
  }

  return {
    alone: createTurns(),

    async keep(edit) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = nameOf(edit.real);
      await writeDurably(path.join(folder, name), seal(name, edit), ownerOnly);
    },

    async of(real) {
      const found = await recordIn(nameOf(real));
      return found === 'unreadable' ? null : found;
    },

    async all() {
      const names = (await readdir(folder).catch(nullIfAbsent)) ?? [];
      const cutShort = names.flatMap((name) => leftOverName.exec(name)?.[1] ?? []);
      // No byte of the user's file was changed yet when the record did not come to be.
      for (const name of new Set(cutShort)) await removeLeftOvers(path.join(folder, name));
      const edits: InPlaceEdit[] = [];
      const unreadable: string[] = [];
      for (const name of names.filter((one) => recordName.test(one))) {
        const found = await recordIn(name);
        if (found === 'unreadable') unreadable.push(name);
        else if (found !== null) edits.push(found);
      }
      return { edits, unreadable };
    },

    async clear(real) {
      await rm(path.join(folder, nameOf(real)), { force: true });
      await syncFolder(folder).catch(nullIfAbsent);
    },
  };
}

function writeEdit({ real, ino, at, before, after }: InPlaceEdit): Buffer {
  const facts = JSON.stringify({ real, ino: String(ino), at, beforeBytes: before.length });
  return Buffer.concat([Buffer.from(`${facts}\n`), before, after]);
}

function readEdit(bytes: Buffer): InPlaceEdit {
  const end = bytes.indexOf('\n');
  // It was authenticated: only we can have written it.
  const facts = JSON.parse(bytes.toString('utf8', 0, end)) as {
    real: string;
    ino: string;
    at: number;
    beforeBytes: number;
  };
  const middle = end + 1 + facts.beforeBytes;
  return {
    real: facts.real,
    ino: BigInt(facts.ino),
    at: facts.at,
    before: bytes.subarray(end + 1, middle),
    after: bytes.subarray(middle),
  };
}

function nullIfAbsent(error: unknown): null {
  if (errnoOf(error) === 'ENOENT') return null;
  throw error;
}
