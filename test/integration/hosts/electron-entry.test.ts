import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockFolder } from '../../../main/desktop/folder-lock.ts';

/** What the scenario prints. The last of them only where a window was opened. */
interface Report {
  readonly steps: readonly string[];
  readonly exits: readonly number[];
  readonly schemes: readonly unknown[];
  readonly loaded: readonly string[];
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> };
  readonly served: unknown;
  readonly fromPage: { readonly answer: unknown };
  readonly fromElsewhere: unknown;
  readonly fromFrame: unknown;
  readonly hearsOf: readonly string[];
}

/** How many windows there are after each thing that happened to an app which was started without one. */
interface HiddenReport {
  readonly windows: readonly (readonly [happened: string, windows: number])[];
  readonly answer: unknown;
  readonly exits: readonly number[];
}

let folder: string;

/** Runs Electron’s entry on a stand-in for Electron, in a process of its own. */
async function run<Printed = Report>(options: {
  readonly lock: boolean;
  readonly data: string;
  readonly scenario?: string;
  readonly switches?: string;
}): Promise<Printed> {
  const place = (file: string) => path.join(import.meta.dirname, 'stand-in', file);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', place('hooks.ts'), place(options.scenario ?? 'scenario.ts')],
    {
      env: {
        ...process.env,
        STAND_IN_DATA: options.data,
        STAND_IN_LOCK: options.lock ? '1' : '0',
        STAND_IN_SWITCH: options.switches ?? '',
      },
    },
  );
  return JSON.parse(stdout) as Printed;
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keyturn-electron-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Electron’s entry', () => {
  it('does nothing in a second instance but end', async () => {
    const data = path.join(folder, 'second');
    const report = await run({ lock: false, data });
    expect(report.exits).toEqual([0]);
    expect(report.steps).not.toContain('ready');
    expect(report).not.toHaveProperty('options');
    expect(existsSync(data)).toBe(false);
  });

  it('says who has its folder where another host has it, but not at login, and ends well', async () => {
    const data = path.join(folder, 'taken');
    const lock = await lockFolder(data, {
      holder: () => ({ pid: 7, host: 'browser', address: 'http://127.0.0.1:9/' }),
    });
    const report = await run({ lock: true, data });
    expect(report.exits).toEqual([0]);
    expect(report.steps).toContain(
      `said Keyturn is already running with the data folder ${data} (process 7): http://127.0.0.1:9/`,
    );
    expect(report).not.toHaveProperty('options');
    const atLogin = await run({ lock: true, data, switches: 'hidden' });
    expect(atLogin.exits).toEqual([0]);
    expect(atLogin.steps.filter((step) => step.startsWith('said'))).toEqual([]);
    if (lock.state === 'held') await lock.lock.release();
  });

  describe('in the first instance', () => {
    let report: Report;

    beforeAll(async () => {
      report = await run({ lock: true, data: path.join(folder, 'first') });
    });

    it('keeps the sandbox for every page and takes the lock of its own data folder first', () => {
      const { steps } = report;
      expect(steps[0]).toBe(`userData ${path.join(folder, 'first', 'electron')}`);
      expect(steps).toContain('sandbox');
      expect(steps.indexOf('lock')).toBeLessThan(steps.indexOf('ready'));
    });

    it('tells Windows which app its notices are from, by the id that it is installed with', () => {
      const named = report.steps.find((step) => step.startsWith('app id '));
      const builder = readFileSync(path.join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');
      expect(builder).toContain(`\nappId: ${named?.slice('app id '.length)}\n`.trimStart());
      expect(report.steps.indexOf(String(named))).toBeLessThan(report.steps.indexOf('ready'));
    });

    it('shows our page in a window that is sandboxed and isolated', () => {
      expect(report.loaded).toEqual(['keyturn://app/']);
      expect(report.options.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: false,
      });
      expect(report.options.webPreferences.preload).toMatch(/preload\.cjs$/);
    });

    it('serves the page by our own scheme with the policy', () => {
      expect(report.schemes).toEqual([
        { scheme: 'keyturn', privileges: { standard: true, secure: true, codeCache: true } },
      ]);
      expect(report.served).toEqual({ status: 200, csp: expect.stringContaining("default-src 'none'") });
    });

    it('hears of a locked screen and of sleep, to clear the clipboard, and of waking, to look at what is due', () => {
      expect(report.hearsOf).toEqual(
        expect.arrayContaining(['lock-screen', 'suspend', 'resume', 'unlock-screen']),
      );
    });

    it('answers the page and refuses everyone else', () => {
      expect(report.fromPage.answer).toMatchObject({ ok: true, value: { host: 'electron' } });
      expect(report.fromElsewhere).toEqual({ refused: 'RefusedError' });
      expect(report.fromFrame).toEqual({ refused: 'RefusedError' });
    });

    it('lets the page reload and go nowhere, open nothing, and use no device', () => {
      expect(report).toMatchObject({
        opened: { action: 'deny' },
        leaves: false,
        frameLeaves: false,
        reloads: true,
        redirects: false,
        attaches: false,
        granted: [false, false],
      });
    });

    it('holds its end back until the app has stopped, and then ends once', () => {
      expect(report.steps.filter((step) => step === 'quit held')).toHaveLength(2);
      expect(report.exits).toEqual([0]);
    });
  });

  it('opens no window at login, and one as soon as it is asked for, again and again', async () => {
    const data = path.join(folder, 'hidden');
    const report = await run<HiddenReport>({ lock: true, data, scenario: 'hidden.ts', switches: 'hidden' });
    expect(report.windows).toEqual([
      ['started', 0],
      ['started at login again', 0],
      ['started by hand', 1],
      ['started by hand again', 1],
      ['window closed', 1],
      ['dock clicked', 2],
    ]);
    expect(report.answer).toMatchObject({ ok: true });
    expect(report.exits).toEqual([0]);
  });
});
