import { ok, type Result } from '../../../shared/result.ts';
import type { GitFault } from '../../git/run-git.ts';
import type { ObjectHead } from './object-reader.ts';
import { readObjects } from './read-objects.ts';

/** Who made a commit or a tag, when (milliseconds since 1970), and the first line of its message. */
export interface CommitFacts {
  readonly id: string;
  readonly author: string;
  readonly at: number;
  readonly subject: string;
  /** The lines of the header and the empty one behind them: so much is to be taken off for lines of the message. */
  readonly headerLines: number;
}

/** Reads what commits and tags say of themselves, by their ids. */
export async function commitFacts(
  folder: string,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Result<Map<string, CommitFacts>, GitFault>> {
  const facts = new Map<string, CommitFacts>();
  let head: ObjectHead | null = null;
  let pieces: Buffer[] = [];
  const read = await readObjects(
    folder,
    ids,
    {
      begin(next) {
        head = next;
        pieces = [];
      },
      piece: (bytes) => pieces.push(Buffer.from(bytes)),
      end() {
        if (head !== null) facts.set(head.id, factsIn(head.id, Buffer.concat(pieces)));
        head = null;
      },
    },
    { signal },
  );
  return read.ok ? ok(facts) : read;
}

/** The format of commits and tags: header lines, an empty line, the message. */
function factsIn(id: string, content: Buffer): CommitFacts {
  const end = content.indexOf('\n\n');
  const headerBytes = content.subarray(0, end === -1 ? content.length : end);
  const encoding = /^encoding (\S+)$/m.exec(headerBytes.toString('latin1'))?.[1] ?? 'utf-8';
  const header = decode(headerBytes, encoding);
  const message = end === -1 ? '' : decode(content.subarray(end + 2), encoding);
  const [, author = '', seconds = '0'] =
    /^(?:author|tagger) (.*?) ?<[^\n]*> (-?\d+) [-+]\d+$/m.exec(header) ?? [];
  return {
    id,
    author,
    at: Number(seconds) * 1000,
    subject: message.trimStart().split('\n', 1)[0] ?? '',
    headerLines: header.split('\n').length + 1,
  };
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // A name of an encoding that nobody knows.
    return bytes.toString('utf8');
  }
}
