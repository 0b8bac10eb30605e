import type { Find } from '../../../../shared/ipc/search.contract.ts';

const dayMs = 86_400_000;

/** A find of one file, surely a key of Parcelway; `facts` say what a test is about. */
export function aFind(index: number, facts: Partial<Find> = {}): Find {
  return {
    id: `find-${index}`,
    lastFour: String(1_000 + index),
    places: [place(`/home/mira/code/shop${index}/.env`, `PARCELWAY_SHOP${index}_KEY`, 3)],
    by: 'both',
    candidates: [candidate('parcelway')],
    known: null,
    revoked: null,
    since: Date.now() - 250 * dayMs,
    ...facts,
  };
}

/** A place where a value stands. */
export const place = (
  file: string,
  variable: string,
  line: number,
  tracked = false,
): Find['places'][number] => ({ file, variable, line, tracked });

/** Whose a value may be. */
export const candidate = (
  providerId: string,
  facts: Partial<Find['candidates'][number]> = {},
): Find['candidates'][number] => ({
  providerId,
  field: 'key',
  environment: null,
  others: {},
  missing: [],
  ...facts,
});
