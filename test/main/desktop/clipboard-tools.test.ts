import { describe, expect, it } from 'vitest';
import { findClipboardTool } from '../../../main/desktop/browser/clipboard-tools.ts';

const value = 'sk_live_4f9aXq81LmZ0tRv7';
const everything = ['wl-copy', 'wl-paste', 'xclip', 'pbcopy', 'pbpaste', 'clip.exe', 'powershell.exe'];

const find = (
  platform: NodeJS.Platform,
  env: Record<string, string>,
  programs: readonly string[] = everything,
) => findClipboardTool({ platform, env, has: (program) => programs.includes(program) });

describe('the clipboard tool', () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ['darwin', {}, 'pbcopy'],
    ['win32', {}, 'clip.exe'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'wl-copy'],
    ['linux', { DISPLAY: ':0' }, 'xclip'],
  ])('of %s with %j is %s, and gets the value by its standard input only', (platform, env, program) => {
    const command = find(platform, env)?.write(value);
    expect(command?.file).toBe(program);
    expect(JSON.stringify([command?.args, command?.env ?? {}])).not.toContain(value);
    const encoding = platform === 'win32' ? 'utf16le' : 'utf8';
    expect(command?.input?.toString(encoding).replace('\uFEFF', '')).toBe(value);
  });

  it('falls back to X where the tools of Wayland are missing', () => {
    const env = { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' };
    expect(find('linux', env, ['xclip'])?.read.file).toBe('xclip');
    expect(find('linux', env, ['xclip', 'wl-copy'])?.read.file).toBe('xclip');
  });

  it.each<[NodeJS.Platform, Record<string, string>, string[]]>([
    ['linux', {}, everything],
    ['linux', { DISPLAY: '' }, everything],
    ['linux', { DISPLAY: ':0' }, []],
    ['darwin', {}, []],
    ['win32', {}, ['clip.exe']],
  ])('of %s with %j and the programs %j is none', (platform, env, programs) => {
    expect(find(platform, env, programs)).toBeNull();
  });
});
