import { type Migration, unchanged } from './migration.ts';

/** The first shape of records; nothing was stored before it. */
export const firstRecords: Migration = { to: 1, key: unchanged, connection: unchanged };
