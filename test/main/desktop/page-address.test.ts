import { describe, expect, it } from 'vitest';
import { isPageAddress, isTrustedFrame, pageUrl } from '../../../main/desktop/electron/page-address.ts';

const strangers = [
  'https://app/',
  'http://keyturn/app',
  'keyturn://evil/',
  'keyturn://app.evil.example/',
  'keyturn://app:8080/',
  'keyturn://user@app/',
  'keyturns://app/',
  'file:///app/index.html',
  'about:blank',
  'data:text/html,keyturn://app/',
  'javascript:location="keyturn://app/"',
  'blob:keyturn://app/1',
  'null',
  '',
];

describe('who is heard', () => {
  it.each([pageUrl, `${pageUrl}index.html`, `${pageUrl}#/keys`])('our page at %s is', (url) => {
    expect(isTrustedFrame({ url, parent: null })).toBe(true);
  });

  it.each(strangers)('a page at %j is not', (url) => {
    expect(isTrustedFrame({ url, parent: null })).toBe(false);
    expect(isPageAddress(url)).toBe(false);
  });

  it('a frame inside our page is not, even with our own address', () => {
    expect(isTrustedFrame({ url: pageUrl, parent: {} })).toBe(false);
  });

  it('a frame that is gone is not', () => {
    expect(isTrustedFrame(null)).toBe(false);
    expect(isTrustedFrame(undefined)).toBe(false);
  });
});
