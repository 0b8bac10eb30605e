import { firstRecords } from './0001-first-records.ts';
import type { Migration } from './migration.ts';

/** Every migration of records, in order. Add to the end; never change one that was released. */
export const allMigrations: readonly Migration[] = [firstRecords];
