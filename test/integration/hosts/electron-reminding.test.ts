import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Report {
  readonly unsupported: unknown;
  readonly madeUnsupported: number;
  readonly options: unknown;
  /** The answer and how often the window was brought to the front until then, per notice. */
  readonly told: readonly [string, number][];
  readonly failed: unknown;
  readonly trays: number;
  readonly trayMenus: readonly unknown[];
  readonly toolTip?: string;
  readonly wakes: number;
  readonly counts: readonly number[];
  readonly badges: readonly number[];
  readonly logins: readonly { readonly state: string; readonly detail: string }[];
  readonly loginItems: readonly unknown[];
}

let home: string;

/** Runs what reminds by Electron on the stand-in, as on that system. There is no session bus. */
async function runOn(platform: string): Promise<Report> {
  const place = (file: string) => path.join(import.meta.dirname, 'stand-in', file);
  const args = ['--import', place('hooks.ts'), place('reminding.ts'), platform];
  const env = { PATH: process.env.PATH, HOME: home };
  return JSON.parse((await promisify(execFile)(process.execPath, args, { env })).stdout) as Report;
}

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'keyturn-reminding-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('Electron’s notices', () => {
  let report: Report;
  beforeAll(async () => {
    report = await runOn('darwin');
  });

  it('offer their actions as buttons', () => {
    expect(report.options).toEqual({
      title: 'shop is due today',
      body: 'Rotate it.',
      actions: [
        { type: 'button', text: 'Rotate' },
        { type: 'button', text: 'Snooze' },
      ],
    });
  });

  it('tell what was chosen, and show the window where that takes one', () => {
    expect(report.told.slice(0, 3)).toEqual([
      ['open', 1],
      ['rotate', 2],
      ['snooze', 2],
    ]);
  });

  it('tell nothing of a button that they have not, of being sent away, and of not being shown', () => {
    expect(report.told.slice(3)).toEqual([
      ['', 2],
      ['', 2],
      ['', 2],
    ]);
  });

  it('are not made where the system shows none, and say so', () => {
    expect(report.madeUnsupported).toBe(0);
    expect(report.unsupported).toEqual({ way: 'none', detail: 'This system shows no notices' });
  });

  it('say why the last one was not shown', () => {
    expect(report.failed).toEqual({ way: 'none', detail: 'The last notice was not shown: not signed' });
  });
});

describe('Electron’s desktop', () => {
  it('tells of a machine that wakes and of a session that is unlocked', async () => {
    expect((await runOn('darwin')).wakes).toBe(2);
  });

  it('shows how much waits at the icon where the system can, and in the tray everywhere', async () => {
    expect(await runOn('darwin')).toMatchObject({ badges: [4], counts: [4] });
    expect(await runOn('win32')).toMatchObject({ badges: [], counts: [4] });
  });
});

describe('the tray', () => {
  it('opens the app, tells how many keys are due, and quits', async () => {
    const { trays, trayMenus, toolTip } = await runOn('win32');
    expect(trays).toBe(1);
    expect(trayMenus).toEqual([
      ['Open Keyturn', 'No key is due', '-', 'Quit'],
      ['Open Keyturn', '1 key is due', '-', 'Quit'],
      ['Open Keyturn', '3 keys are due', '-', 'Quit'],
    ]);
    expect(toolTip).toBe('Keyturn: 3 keys are due');
  });

  it.skipIf(process.platform !== 'linux')('is left out on Linux where nothing shows icons', async () => {
    expect((await runOn('linux')).trays).toBe(0);
  });
});

describe('the start at login by Electron', () => {
  it('is what Windows will do, not what it was asked for', async () => {
    const { logins, loginItems } = await runOn('win32');
    expect(logins.map(({ state }) => state)).toEqual(['off', 'on', 'off', 'elsewhere']);
    expect(logins[2]?.detail).toContain('switched off');
    expect(logins[3]?.detail).toContain('C:\\old\\Keyturn.exe');
    const own = { path: process.execPath, args: ['--hidden', '"--data-dir=/srv/my keys"'] };
    expect(loginItems).toEqual([
      { ...own, openAtLogin: true },
      { ...own, openAtLogin: false },
    ]);
  });

  it('waits for the user’s approval on macOS', async () => {
    const { logins, loginItems } = await runOn('darwin');
    expect(logins.map(({ state }) => state)).toEqual(['off', 'on', 'off', 'off']);
    expect(logins[2]?.detail).toContain('approval');
    expect(loginItems).toEqual([{ openAtLogin: true }, { openAtLogin: false }]);
  });
});
