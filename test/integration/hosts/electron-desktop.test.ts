import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

interface Dialog {
  readonly overWindow: boolean;
  readonly question: { readonly title: string; readonly properties: readonly string[] };
}

interface Report {
  readonly answers: readonly unknown[];
  readonly dialogs: readonly Dialog[];
}

describe('Electron’s dialogs', () => {
  let report: Report;

  beforeAll(async () => {
    const place = (file: string) => path.join(import.meta.dirname, 'stand-in', file);
    const args = ['--import', place('hooks.ts'), place('choices.ts')];
    report = JSON.parse((await promisify(execFile)(process.execPath, args)).stdout) as Report;
  });

  it('answer the file or the folder that was chosen, or that none was', () => {
    expect(report.answers).toEqual([
      { outcome: 'chosen', file: '/projects/shop/.env' },
      { outcome: 'chosen', file: '/projects/shop' },
      { outcome: 'cancelled' },
    ]);
  });

  it('show hidden files, ask for files or for folders, and leave no trace among recent documents', () => {
    const [file, folder] = report.dialogs.map(({ question }) => question);
    expect(file?.title).toBe('Write to');
    expect(file?.properties).toEqual(
      expect.arrayContaining(['openFile', 'showHiddenFiles', 'dontAddToRecent']),
    );
    expect(file?.properties).not.toContain('openDirectory');
    expect(folder?.title).toBe('Look for keys in');
    expect(folder?.properties).toEqual(
      expect.arrayContaining(['openDirectory', 'createDirectory', 'showHiddenFiles', 'dontAddToRecent']),
    );
    expect(folder?.properties).not.toContain('openFile');
  });

  it('belong to the window where there is one', () => {
    expect(report.dialogs.map(({ overWindow }) => overWindow)).toEqual([false, true, true]);
  });
});
