/**
 * What random values are made from. The same in every run, so that a run judges the change at hand and nothing else;
 * other values: `KEYTURN_SEED=7`, or `KEYTURN_SEED=random` for others each time.
 */
export const seed = seedFrom(process.env.KEYTURN_SEED ?? '20261121');

function seedFrom(said: string): number {
  return said === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(said);
}
