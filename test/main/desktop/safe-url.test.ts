import { expect, it } from 'vitest';
import { safeExternalUrl } from '../../../main/desktop/safe-url.ts';

it('opens a page of the web', () => {
  expect(safeExternalUrl('https://dashboard.example/keys?x=1')).toBe('https://dashboard.example/keys?x=1');
});

it.each(['http://localhost:8080/keys', 'http://127.0.0.1:3000/', 'http://[::1]/keys'])(
  'opens a page of an instance on this machine: %s',
  (url) => {
    expect(safeExternalUrl(url)).toBe(url);
  },
);

it.each([
  'http://dashboard.example/',
  'http://localhost.example/',
  'http://127.0.0.1.example/',
  'http://user@localhost/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'smb://server/share',
  'ms-msdt:/id',
  'https://user:pass@dashboard.example/',
  'https://',
  'dashboard.example',
  '--version',
  '',
])('opens nothing for %j', (url) => {
  expect(() => safeExternalUrl(url)).toThrow('Only an https: page is opened');
});
