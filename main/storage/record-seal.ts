import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';

/**
 * Authenticates what the vault stores beside the secrets. An entry is one record's text behind its code; the seal is
 * a code over all entries of a store, by which a record that was taken out or brought back is noticed too, and
 * which one look proves a whole store by.
 */
export interface RecordSeal {
  /** Tells one data key from another without telling anything about it. */
  readonly keyCheck: string;
  /** The record's text (one line of JSON) behind its code. */
  entry(kind: string, id: string, text: string): string;
  /** The record's text, or null when the entry is not one that was made for this kind and id. */
  open(kind: string, id: string, entry: string): string | null;
  /** The code of a whole store. `head` names the store and all else that must not be changed. */
  seal(head: string, entries: ReadonlyMap<string, string>): string;
  isSeal(seal: string, head: string, entries: ReadonlyMap<string, string>): boolean;
}

const codeLength = 43;

/** HMAC-SHA256 under a key that is derived from the data key (HKDF-SHA256, label `records`). */
export function createRecordSeal(dataKey: Uint8Array): RecordSeal {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, '', 'records', 32)));
  const code = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  const codeOf = (kind: string, id: string, text: string): string => code(`record\n${kind}\n${id}\n${text}`);
  const seal = (head: string, entries: ReadonlyMap<string, string>): string =>
    code(`store\n${head}\n${[...entries].map(([id, entry]) => `${id} ${entry}`).join('\n')}`);

  return {
    keyCheck: code('key-check'),
    entry: (kind, id, text) => `${codeOf(kind, id, text)} ${text}`,
    open: (kind, id, entry) => {
      const text = textOf(entry);
      return isSame(entry.slice(0, codeLength), codeOf(kind, id, text)) ? text : null;
    },
    seal,
    isSeal: (given, head, entries) => isSame(given, seal(head, entries)),
  };
}

/** The record's text in an entry that is known to be authentic. */
export function textOf(entry: string): string {
  return entry.slice(codeLength + 1);
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
