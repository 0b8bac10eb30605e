import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageUrl } from '../../../main/desktop/electron/page-address.ts';
import { servePage } from '../../../main/desktop/electron/serve-page.ts';
import { type PageFiles, readPageFiles } from '../../../main/desktop/page-files.ts';

let folder: string;
let pages: PageFiles;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-page-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.html'), 'outside');
  writeFileSync(join(folder, 'renderer', 'index.html'), '<title>Keyturn</title>');
  writeFileSync(join(folder, 'renderer', 'assets', 'app.js'), 'run()');
  writeFileSync(join(folder, 'renderer', 'assets', 'app.js.map'), '{}');
  symlinkSync(join(folder, 'secret.html'), join(folder, 'renderer', 'link.html'));
  pages = readPageFiles(join(folder, 'renderer'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (url: string) => servePage(pages, { method: 'GET', url });

describe('our own scheme', () => {
  it('serves the page and its files with their types', async () => {
    const page = get(pageUrl);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toBe('<title>Keyturn</title>');
    expect(await get(`${pageUrl}assets/app.js`).text()).toBe('run()');
  });

  it('lets the page connect to nothing, embed nothing and run nothing but its own files', () => {
    const csp = get(pageUrl).headers.get('content-security-policy');
    expect(csp).toContain("default-src 'none'");
    expect(csp).toContain("connect-src 'none'");
    expect(csp).toContain("script-src 'self';");
    expect(csp).not.toContain('unsafe');
    expect(csp).not.toContain('http');
  });

  it.each([
    'keyturn://evil/',
    'https://app/',
    'keyturn://app/../secret.html',
    'keyturn://app/%2e%2e/secret.html',
  ])('has nothing at %s that is not in the page', async (url) => {
    const answer = get(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe('');
  });

  it.each(['link.html', 'assets/app.js.map', 'assets', '__proto__'])('does not serve %s', (path) => {
    expect(get(pageUrl + path).status).toBe(404);
  });

  it('serves nothing for a method that changes something', () => {
    expect(servePage(pages, { method: 'POST', url: pageUrl }).status).toBe(405);
  });

  it('says that there is no page before it was built', () => {
    expect(() => readPageFiles(join(folder, 'renderer', 'assets'))).toThrow('index.html');
  });
});
