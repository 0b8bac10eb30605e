import { expect, it } from 'vitest';
import { defaultDataFolder } from '../../../main/desktop/data-folder.ts';

it.each<[NodeJS.Platform, Record<string, string>, RegExp]>([
  ['linux', {}, /^\/home\/ada\/\.local\/share\/keyturn$/],
  ['linux', { XDG_DATA_HOME: '/data' }, /^\/data\/keyturn$/],
  ['linux', { XDG_DATA_HOME: 'relative' }, /^\/home\/ada\/\.local\/share\/keyturn$/],
  ['darwin', {}, /^\/home\/ada\/Library\/Application Support\/Keyturn$/],
  ['win32', { LOCALAPPDATA: '/local', APPDATA: '/roaming' }, /^\/local\/Keyturn$/],
  ['win32', {}, /AppData.Local.Keyturn$/],
])('keeps the files of the app where %s with %j keeps those of one machine', (platform, env, folder) => {
  expect(defaultDataFolder(platform, env, '/home/ada')).toMatch(folder);
});
