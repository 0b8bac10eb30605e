import { writeFile } from 'node:fs/promises';
import {
  askEach,
  fromEnvironment,
  output,
  type Sought,
  versionIn,
  versionOf,
  withoutOwn,
} from './real-reader.ts';

const direnv: Sought = {
  title: 'direnv',
  find: () => {
    const version = versionOf('direnv', ['version']);
    if (version === undefined) return undefined;
    const ask = async (file: string) =>
      withoutOwn(JSON.parse(await output('direnv', ['dotenv', 'json', file])) as Record<string, string>);
    return {
      title: `direnv ${version}`,
      name: 'direnv',
      dialects: ['direnv'],
      read: (files) => askEach(files, ask),
    };
  },
};

const make: Sought = {
  title: 'make',
  find: () => {
    const version = versionOf('make');
    if (version === undefined) return undefined;
    const ask = async (file: string) => {
      await writeFile(`${file}.mk`, `include ${file}\nexport\nall:\n\t@env -0\n`);
      return fromEnvironment(await output('make', ['-sf', `${file}.mk`]));
    };
    return {
      title: `make ${versionIn(version)}`,
      name: 'make',
      dialects: ['make'],
      read: (files) => askEach(files, ask),
    };
  },
};

export const programs: readonly Sought[] = [direnv, make];
