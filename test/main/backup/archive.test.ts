import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Archive, readArchive, writeArchive } from '../../../main/backup/archive.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { settingsSchema } from '../../../shared/domain/settings.ts';
import { connectionRecord, keyRecord } from '../storage/records-for-tests.ts';

function archiveWith(value: string): Archive {
  return {
    createdAt: 1_700_000_000_000,
    settings: settingsSchema.parse({ rotationDays: 30 }),
    definitions: [{ id: 'own', json: '{"format":1}', addedAt: 5, file: 'own.json' }],
    connections: [
      { record: connectionRecord(1), credential: { token: new Secret(value) } },
      { record: connectionRecord(2), credential: null },
    ],
    keys: [
      { record: keyRecord(1), fields: { API_KEY: new Secret(value) } },
      { record: keyRecord(2), fields: null },
    ],
  };
}

/** The archive as plain data, its values in the clear. */
function plain(archive: Archive) {
  const open = (fields: Readonly<Record<string, Secret>> | null) =>
    fields && Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.reveal()]));
  return {
    ...archive,
    connections: archive.connections.map((each) => ({ ...each, credential: open(each.credential) })),
    keys: archive.keys.map((each) => ({ ...each, fields: open(each.fields) })),
  };
}

describe('a backup’s content', () => {
  it('comes back as it went in, whatever the values hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const archive = archiveWith(value);
        const back = readArchive(writeArchive(archive));
        expect(back.ok && plain(back.value)).toEqual(plain(archive));
      }),
    );
  });

  it('is refused wherever it was cut off', () => {
    const bytes = writeArchive(archiveWith('sk_test_1'));
    const head = Buffer.from(bytes).indexOf('\n');
    for (let length = head; length < bytes.length - 1; length += 7) {
      expect(readArchive(bytes.subarray(0, length))).toMatchObject({
        ok: false,
        error: { fault: 'damaged' },
      });
    }
  });

  it('is refused when a line of it is missing, and says which cannot be read', () => {
    const lines = Buffer.from(writeArchive(archiveWith('sk_test_1')))
      .toString('utf8')
      .split('\n');
    const without = Buffer.from(lines.filter((_, index) => index !== 3).join('\n'));
    expect(readArchive(without)).toMatchObject({ error: { reason: 'lines of it are missing' } });
    const broken = Buffer.from(lines.map((line, index) => (index === 3 ? '{"key":1}' : line)).join('\n'));
    expect(readArchive(broken)).toMatchObject({ error: { reason: 'line 4 cannot be read' } });
  });

  it('is told from that of a later version', () => {
    const text = Buffer.from(writeArchive(archiveWith('v')))
      .toString('utf8')
      .replace('"format":1', '"format":2');
    expect(readArchive(Buffer.from(text))).toEqual({ ok: false, error: { fault: 'newer', format: 2 } });
  });

  it('is told from any other text', () => {
    for (const text of ['', '{}', 'PORT=3000\n', '{"keyturn":"vault","format":1}\n']) {
      expect(readArchive(Buffer.from(text))).toEqual({ ok: false, error: { fault: 'foreign' } });
    }
  });
});
