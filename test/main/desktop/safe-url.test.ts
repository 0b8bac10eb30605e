import { expect, it } from 'vitest';
import { safeExternalUrl } from '../../../main/desktop/safe-url.ts';

it('opens a page of the web', () => {
  expect(safeExternalUrl('https://dashboard.example/keys?x=1')).toBe('https://dashboard.example/keys?x=1');
});

it.each([
  'http://dashboard.example/',
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
