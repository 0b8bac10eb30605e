/** What Git says of an object before its content. */
export interface ObjectHead {
  readonly id: string;
  readonly type: 'blob' | 'commit' | 'tag' | 'tree';
  readonly size: number;
}

/** What is done with the objects that are read. */
export interface ObjectListener {
  begin(head: ObjectHead): void;
  /** A part of the content of the object that was begun; not kept by the caller. */
  piece(bytes: Uint8Array): void;
  /** The object has been given whole, or is not there. */
  end(): void;
}

const lineFeed = 0x0a;

/**
 * Takes the answer of `git cat-file --batch` apart, in whatever pieces it comes: a line `<id> <type> <size>`, the content, a
 * line feed; or `<id> missing`. See https://git-scm.com/docs/git-cat-file#_batch_output.
 */
export function createObjectReader(listener: ObjectListener): (chunk: Buffer) => void {
  let head = '';
  /** Bytes of the content that have not come yet; null while a head is read. */
  let left: number | null = null;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (left === null) {
        const end = chunk.indexOf(lineFeed, at);
        head += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
        if (end === -1) return;
        at = end + 1;
        const [id = '', type = '', size] = head.split(' ');
        head = '';
        if (size === undefined) {
          listener.end();
          continue;
        }
        left = Number(size);
        listener.begin({ id, type: type as ObjectHead['type'], size: left });
      }
      const count = Math.min(left, chunk.length - at);
      if (count > 0) listener.piece(chunk.subarray(at, at + count));
      at += count;
      left -= count;
      if (left === 0 && at < chunk.length) {
        // The line feed behind the content.
        at += 1;
        left = null;
        listener.end();
      }
    }
  };
}
