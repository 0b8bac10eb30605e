import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createObjectReader } from '../../../main/leaks/history/object-reader.ts';

const id = 'a'.repeat(40);

function read(answer: Buffer, pieces: readonly number[]): string[] {
  const seen: string[] = [];
  let content: Buffer[] = [];
  const take = createObjectReader({
    begin: ({ type, size }) => {
      content = [];
      seen.push(`${type} ${size}`);
    },
    piece: (bytes) => content.push(Buffer.from(bytes)),
    end: () => {
      seen.push(Buffer.concat(content).toString('latin1'));
      content = [];
    },
  });
  for (let at = 0, turn = 0; at < answer.length; turn += 1) {
    const size = pieces[turn % pieces.length] ?? 1;
    take(answer.subarray(at, at + size));
    at += size;
  }
  return seen;
}

describe('taking Git’s objects apart', () => {
  it('gives every object whole, in whatever pieces they come, empty and missing ones too', () => {
    const contents = fc.array(fc.option(fc.uint8Array({ maxLength: 60 })), { maxLength: 8 });
    const pieces = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(contents, pieces, (objects, sizes) => {
        const answer = Buffer.concat(
          objects.map((content) =>
            content === null
              ? Buffer.from(`${id} missing\n`)
              : Buffer.concat([Buffer.from(`${id} blob ${content.length}\n`), content, Buffer.from('\n')]),
          ),
        );
        const expected = objects.flatMap((content) =>
          content === null ? [''] : [`blob ${content.length}`, Buffer.from(content).toString('latin1')],
        );
        expect(read(answer, sizes)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });
});
