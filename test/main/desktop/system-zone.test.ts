import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemZone } from '../../../main/desktop/system-zone.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'keyturn-zone-'));
  mkdirSync(path.join(root, 'etc'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function link(target: string, at = 'etc/localtime'): void {
  rmSync(path.join(root, at), { force: true });
  symlinkSync(target, path.join(root, at));
}

function zone(env: Readonly<Record<string, string>> = {}, platform: NodeJS.Platform = 'linux'): string {
  return systemZone({ platform, env, root, fallback: () => 'Pacific/Chatham' });
}

describe('the zone of the machine', () => {
  it('is where /etc/localtime points, also right after it was changed', () => {
    link('/usr/share/zoneinfo/Europe/Berlin');
    expect(zone()).toBe('Europe/Berlin');
    link('/usr/share/zoneinfo/America/New_York');
    expect(zone()).toBe('America/New_York');
    link('../usr/share/zoneinfo/America/Argentina/Ushuaia');
    expect(zone()).toBe('America/Argentina/Ushuaia');
    link('/var/db/timezone/zoneinfo/Asia/Kolkata');
    expect(zone({}, 'darwin')).toMatch(/^Asia\/(Kolkata|Calcutta)$/);
  });

  it('is found through links that stand between, and in the further copies of the zone files', () => {
    link('alternatives', 'etc/localtime');
    link('/etc/chosen', 'etc/alternatives');
    link('/usr/share/zoneinfo/posix/Australia/Adelaide', 'etc/chosen');
    expect(zone()).toBe('Australia/Adelaide');
    link('/usr/share/zoneinfo/right/Asia/Tokyo', 'etc/chosen');
    expect(zone()).toBe('Asia/Tokyo');
  });

  it('is what /etc/timezone says where /etc/localtime is a copy', () => {
    writeFileSync(path.join(root, 'etc/localtime'), 'TZif2');
    writeFileSync(path.join(root, 'etc/timezone'), 'Europe/Lisbon\n');
    expect(zone()).toBe('Europe/Lisbon');
  });

  it.each([
    ['America/Sao_Paulo', 'America/Sao_Paulo'],
    [':America/Sao_Paulo', 'America/Sao_Paulo'],
    ['/usr/share/zoneinfo/Asia/Tokyo', 'Asia/Tokyo'],
    [':/usr/share/zoneinfo/Asia/Tokyo', 'Asia/Tokyo'],
    ['', 'UTC'],
    [':/etc/localtime', 'Europe/Berlin'],
    ['/etc/localtime', 'Europe/Berlin'],
  ])('is chosen by TZ=%s: %s', (TZ, expected) => {
    link('/usr/share/zoneinfo/Europe/Berlin');
    expect(zone({ TZ })).toBe(expected);
  });

  it.each([
    ['a rule in TZ', { TZ: 'CET-1CEST,M3.5.0,M10.5.0/3' }, null],
    ['a link to nowhere that is known', {}, '/usr/share/zoneinfo/Mars/Olympus'],
    ['a link in a circle', {}, '/etc/localtime'],
    ['nothing at all', {}, null],
  ])('is the process’s own where there is %s', (_, env, target) => {
    if (target !== null) link(target);
    expect(zone(env)).toBe('Pacific/Chatham');
  });

  it('is the process’s own on Windows', () => {
    link('/usr/share/zoneinfo/Europe/Berlin');
    expect(zone({}, 'win32')).toBe('Pacific/Chatham');
  });

  it('is always a name that dates can be told by', () => {
    const here = systemZone({
      platform: process.platform,
      env: process.env,
      root: '/',
      fallback: () => 'UTC',
    });
    expect(() => new Intl.DateTimeFormat('en', { timeZone: here })).not.toThrow();
  });
});
