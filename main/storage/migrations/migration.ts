/** The kinds of record that are stored. */
export type RecordKind = 'key' | 'connection' | 'definition';

/** A record as it stands on disk, of whatever version. */
export type StoredRecord = Readonly<Record<string, unknown>>;

/** Brings records from the version before `to` to `to`. Pure: the same record always becomes the same record. */
export interface Migration {
  readonly to: number;
  readonly key: (record: StoredRecord) => StoredRecord;
  readonly connection: (record: StoredRecord) => StoredRecord;
  /** Without it, definitions are left alone. */
  readonly definition?: (record: StoredRecord) => StoredRecord;
}

/** For the kinds of record that a migration leaves alone. */
export const unchanged = (record: StoredRecord): StoredRecord => record;

/** The version that the last migration leads to. Throws when the migrations are not numbered 1, 2, 3… in order. */
export function latestVersion(migrations: readonly Migration[]): number {
  migrations.forEach((migration, index) => {
    if (migration.to !== index + 1) throw new Error(`Migration ${migration.to} stands at place ${index + 1}`);
  });
  return migrations.length;
}

/** Runs every migration after the record's version on it, in order. */
export function migrate(
  migrations: readonly Migration[],
  kind: RecordKind,
  version: number,
  record: StoredRecord,
): StoredRecord {
  return migrations
    .filter((migration) => migration.to > version)
    .reduce((current, migration) => (migration[kind] ?? unchanged)(current), record);
}
