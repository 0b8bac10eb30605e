import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskEnvFiles } from '../../../main/env-files/disk-env-files.ts';
import { realFileSystem } from '../../../main/env-files/file-system.ts';
import { MAX_FILE_BYTES } from '../../../main/env-files/snapshot.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import { promisesOfEnvFiles } from './env-files-contract.ts';
import { type Interruption, interruptedFileSystem, systemError } from './failing-file-system.ts';

const isRoot = process.getuid?.() === 0;
const OLD = '# note\nKEY=old # why\nB=2\n';
const NEW = '# note\nKEY=new # why\nB=2\n';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), 'keyturn-env-')));
  file = path.join(folder, '.env');
});
afterEach(async () => {
  await fs.chmod(folder, 0o700);
  await fs.rm(folder, { recursive: true });
});

const textOf = (name: string) => fs.readFile(name, 'utf8').catch(() => null);
const write = (envFiles = createDiskEnvFiles(), name = file, value = 'new') =>
  envFiles.write(name, [{ variable: 'KEY', value: new Secret(value) }], 'any');
const interruptedWrite = (interrupt: Interruption) =>
  write(createDiskEnvFiles({ fs: interruptedFileSystem(interrupt) }));

promisesOfEnvFiles('on the disk', async () => ({
  envFiles: createDiskEnvFiles(),
  folder,
  put: (name, text) => fs.writeFile(name, text),
  textOf,
}));

promisesOfEnvFiles('on a slow disk', async () => ({
  envFiles: createDiskEnvFiles({ fs: realFileSystem }),
  folder,
  put: (name, text) => fs.writeFile(name, text),
  textOf,
}));

describe('A file keeps what it is', () => {
  it.each([0o600, 0o640, 0o644, 0o664, 0o755])('its mode %o', async (mode) => {
    await fs.writeFile(file, OLD);
    await fs.chmod(file, mode);
    await write();
    expect(await textOf(file)).toBe(NEW);
    expect((await fs.stat(file)).mode & 0o7777).toBe(mode);
  });

  it.runIf(isRoot)('its owner and group', async () => {
    await fs.writeFile(file, OLD);
    await fs.chown(file, 65534, 12345);
    await write();
    expect(await textOf(file)).toBe(NEW);
    expect(await fs.stat(file)).toMatchObject({ uid: 65534, gid: 12345 });
  });

  it('a link to it, over many links and relative ones', async () => {
    const real = path.join(folder, 'real.env');
    await fs.writeFile(real, OLD);
    await fs.mkdir(path.join(folder, 'sub'));
    await fs.symlink('../real.env', path.join(folder, 'sub', 'second'));
    await fs.symlink(path.join('sub', 'second'), file);
    expect(await write()).toMatchObject({ ok: true });
    expect((await fs.lstat(file)).isSymbolicLink()).toBe(true);
    expect(await fs.readlink(path.join(folder, 'sub', 'second'))).toBe('../real.env');
    expect(await textOf(real)).toBe(NEW);
  });

  it('a link to a file that is not there yet: the file is made where the link points', async () => {
    await fs.symlink('later.env', file);
    expect(await write()).toMatchObject({ ok: true });
    expect((await fs.lstat(file)).isSymbolicLink()).toBe(true);
    expect(await textOf(path.join(folder, 'later.env'))).toBe('KEY=new\n');
  });

  it('a link to its folder', async () => {
    await fs.mkdir(path.join(folder, 'real'));
    await fs.writeFile(path.join(folder, 'real', '.env'), OLD);
    await fs.symlink('real', path.join(folder, 'linked'));
    expect(await write(undefined, path.join(folder, 'linked', '.env'))).toMatchObject({ ok: true });
    expect(await textOf(path.join(folder, 'real', '.env'))).toBe(NEW);
  });

  it('its other hard links, which see the new value too', async () => {
    await fs.writeFile(file, OLD);
    await fs.link(file, path.join(folder, 'twin'));
    expect(await write()).toMatchObject({ ok: true });
    expect(await textOf(path.join(folder, 'twin'))).toBe(NEW);
    expect((await fs.stat(file)).nlink).toBe(2);
  });

  it('its time, when there is nothing to change', async () => {
    await fs.writeFile(file, NEW);
    await fs.utimes(file, 1, 1);
    expect(await write()).toMatchObject({ ok: true });
    expect((await fs.stat(file)).mtimeMs).toBe(1000);
  });

  it('and nothing is left beside it', async () => {
    await fs.writeFile(file, OLD);
    await write();
    expect(await fs.readdir(folder)).toEqual(['.env']);
  });
});

describe('A new file', () => {
  it('is for its owner only', async () => {
    await write();
    expect(await textOf(file)).toBe('KEY=new\n');
    expect((await fs.stat(file)).mode & 0o7777).toBe(0o600);
  });

  it('is never open to others, not even for a moment', async () => {
    await fs.writeFile(file, OLD);
    await fs.chmod(file, 0o644);
    const modes: number[] = [];
    await interruptedWrite(async (call, name) => {
      if (call === 'handle.chmod') modes.push((await fs.stat(name)).mode & 0o7777);
    });
    expect(modes).toEqual([0o600]);
  });
});

describe('An edit by someone else is noticed and left alone', () => {
  const edits: readonly (readonly [string, () => Promise<void>, string | null])[] = [
    ['another value', () => fs.writeFile(file, 'KEY=theirs\n'), 'KEY=theirs\n'],
    ['the same length at the same time', () => sameLengthSameTime(), OLD.replace('old', 'own')],
    ['a new file in its place', () => replaceByCopy(), OLD],
    ['another mode', () => fs.chmod(file, 0o640), OLD],
    ['its removal', () => fs.unlink(file), null],
    ['a folder in its place', () => fs.unlink(file).then(() => fs.mkdir(file)), null],
  ];
  async function sameLengthSameTime() {
    const { atime, mtime } = await fs.stat(file);
    await fs.writeFile(file, OLD.replace('old', 'own'));
    await fs.utimes(file, atime, mtime);
  }
  async function replaceByCopy() {
    await fs.copyFile(file, path.join(folder, 'copy'));
    await fs.rename(path.join(folder, 'copy'), file);
  }

  describe.each([['replaced'], ['written in place']])('where the file would be %s', (way) => {
    it.each(edits)('%s', async (_, edit, expected) => {
      await fs.writeFile(file, OLD);
      await fs.utimes(file, 1_700_000_000, 1_700_000_000);
      if (way === 'written in place') await fs.link(file, path.join(folder, 'twin'));
      let isEdited = false;
      const result = await interruptedWrite(async (call) => {
        // The last moment before the comparison: the new text is on the disk, or about to be written.
        const moment = way === 'replaced' ? 'handle.sync' : 'readdir';
        if (call !== moment || isEdited) return;
        isEdited = true;
        await edit();
      });
      expect(isEdited).toBe(true);
      expect(result).toMatchObject({ ok: false });
      if (!result.ok && way === 'replaced') expect(result.error).toEqual({ code: 'file-changed', file });
      expect(await textOf(file)).toBe(expected);
      expect((await fs.readdir(folder)).filter((name) => name.includes('keyturn'))).toEqual([]);
    });
  });

  it('a file that appears where there was none', async () => {
    const result = await interruptedWrite(async (call) => {
      if (call === 'handle.sync')
        await fs.writeFile(file, 'THEIRS=1\n', { flag: 'wx' }).catch(() => undefined);
    });
    expect(result).toEqual({ ok: false, error: { code: 'file-changed', file } });
    expect(await textOf(file)).toBe('THEIRS=1\n');
  });

  it('an edit right after the write is not taken for a success', async () => {
    await fs.writeFile(file, OLD);
    let isRenamed = false;
    const result = await interruptedWrite(async (call) => {
      if (isRenamed && call === 'realpath') await fs.writeFile(file, 'KEY=theirs\n');
      if (call === 'rename') isRenamed = true;
    });
    expect(result).toEqual({ ok: false, error: { code: 'file-changed', file } });
  });
});

describe('When the disk refuses, the old file is as it was', () => {
  const calls = ['open', 'handle.writeFile', 'handle.chmod', 'handle.sync', 'handle.close', 'rename'];
  const codes: readonly (readonly [string, string])[] = [
    ['ENOSPC', 'The disk is full'],
    ['EDQUOT', 'Your disk quota is used up'],
    ['EIO', 'The disk reported an error'],
    ['EROFS', 'The disk is read-only'],
  ];
  it.each(calls.flatMap((call) => codes.map(([code, reason]) => [call, code, reason] as const)))(
    '%s answers %s',
    async (call, code, reason) => {
      await fs.writeFile(file, OLD);
      const result = await interruptedWrite((name, target) => {
        if (name === call && target.includes('.keyturn-')) throw systemError(code);
      });
      expect(result).toEqual({ ok: false, error: { code: 'file-unwritable', file, reason } });
      expect(await textOf(file)).toBe(OLD);
      expect(await fs.readdir(folder)).toEqual(['.env']);
    },
  );

  it.each(['handle.write', 'handle.sync', 'handle.truncate'])(
    '%s, in a file written in place',
    async (call) => {
      for (const value of ['new', 'a much longer value than the old one', '']) {
        for (const nth of [1, 2, 3]) {
          await fs.rm(path.join(folder, 'twin'), { force: true });
          await fs.writeFile(file, OLD);
          await fs.link(file, path.join(folder, 'twin'));
          let count = 0;
          let isFailed = false;
          const interrupt: Interruption = (name) => {
            if (name === call) count += 1;
            if (name !== call || count !== nth) return;
            isFailed = true;
            throw systemError('ENOSPC');
          };
          const envFiles = createDiskEnvFiles({ fs: interruptedFileSystem(interrupt) });
          const result = await write(envFiles, file, value);
          expect(result.ok).toBe(!isFailed);
          if (isFailed) expect(await textOf(file)).toBe(OLD);
        }
      }
    },
  );

  it.each(['EACCES', 'EIO', 'EMFILE', 'ESTALE'])(
    'a read that fails with %s is not an empty file',
    async (code) => {
      await fs.writeFile(file, OLD);
      for (const call of ['open', 'handle.read', 'handle.stat', 'realpath', 'lstat']) {
        let isFailed = false;
        const result = await interruptedWrite((name) => {
          if (name !== call || isFailed) return;
          isFailed = true;
          throw systemError(code);
        });
        expect(result).toMatchObject({ ok: false, error: { code: 'file-unreadable', file } });
        expect(await textOf(file)).toBe(OLD);
      }
    },
  );
});

describe('Where no new file can take the place of the old one, the old one is written into', () => {
  it.each(['EBUSY', 'EXDEV', 'EPERM', 'EACCES'])('a rename that fails with %s', async (code) => {
    await fs.writeFile(file, OLD);
    const { ino } = await fs.stat(file);
    const result = await interruptedWrite((call) => {
      if (call === 'rename') throw systemError(code);
    });
    expect(result).toMatchObject({ ok: true });
    expect(await textOf(file)).toBe(NEW);
    expect((await fs.stat(file)).ino).toBe(ino);
    expect(await fs.readdir(folder)).toEqual(['.env']);
  });

  it('a folder that takes no new file', async () => {
    await fs.writeFile(file, OLD);
    await fs.chmod(folder, 0o555);
    expect(await createDiskEnvFiles().preflight(file, ['KEY'])).toMatchObject({ ok: true });
    expect(await write()).toMatchObject({ ok: true });
    expect(await textOf(file)).toBe(NEW);
  });

  it('an owner that cannot be kept', async () => {
    await fs.writeFile(file, OLD);
    if (isRoot) await fs.chown(file, 65534, 65534);
    const { ino } = await fs.stat(file);
    const result = await interruptedWrite((call) => {
      if (call === 'handle.chown') throw systemError('EPERM');
    });
    expect(result).toMatchObject({ ok: true });
    expect(await textOf(file)).toBe(NEW);
    if (isRoot) expect((await fs.stat(file)).ino).toBe(ino);
  });
});

describe('What cannot be written is refused before anything is tried', () => {
  async function expectRefusal(error: object, name = file) {
    const envFiles = createDiskEnvFiles();
    const before = await textOf(name);
    expect(await envFiles.preflight(name, ['KEY'])).toEqual({ ok: false, error });
    expect(await write(envFiles, name)).toEqual({ ok: false, error });
    expect(await textOf(name)).toBe(before);
  }

  it('a read-only file, for root too', async () => {
    await fs.writeFile(file, OLD);
    await fs.chmod(file, 0o444);
    await expectRefusal({ code: 'file-unwritable', file, reason: 'It is marked read-only' });
  });

  it('a new file in a read-only folder, for root too', async () => {
    await fs.chmod(folder, 0o555);
    await expectRefusal({ code: 'file-unwritable', file, reason: 'Its folder: It is marked read-only' });
  });

  it('a folder', async () => {
    await fs.mkdir(file);
    await expectRefusal({ code: 'file-is-folder', file });
  });

  it('a file in a folder that is gone', async () => {
    const name = path.join(folder, 'gone', '.env');
    await expectRefusal({ code: 'folder-gone', file: name }, name);
  });

  it('a file in what is no folder', async () => {
    await fs.writeFile(file, OLD);
    const name = path.join(file, '.env');
    await expectRefusal({ code: 'folder-gone', file: name }, name);
  });

  it('links in a circle', async () => {
    await fs.symlink('other', file);
    await fs.symlink('.env', path.join(folder, 'other'));
    await expectRefusal({ code: 'file-unreadable', file, reason: 'Its links lead in a circle' });
  });

  it('a file above 16 MiB', async () => {
    await fs.writeFile(file, '');
    await fs.truncate(file, MAX_FILE_BYTES + 1);
    await expectRefusal({ code: 'file-unreadable', file, reason: 'It is larger than 16 MiB' });
  });

  it('a value that would make it larger than that', async () => {
    const text = `${OLD}# ${'x'.repeat(MAX_FILE_BYTES - OLD.length - 3)}\n`;
    await fs.writeFile(file, text);
    const error = { code: 'file-unwritable', file, reason: 'It would become larger than 16 MiB' };
    expect(await write(createDiskEnvFiles(), file, 'x'.repeat(100))).toEqual({ ok: false, error });
    expect((await textOf(file)) === text).toBe(true);
  });

  it.each([
    ['Latin-1', Buffer.from('A=caf\xe9\n', 'latin1')],
    ['UTF-16', Buffer.from('\ufeffA=1\n', 'utf16le')],
    ['NUL', Buffer.from('A=1\0\n')],
  ])('a file that is not text: %s', async (_, bytes) => {
    await fs.writeFile(file, bytes);
    await expectRefusal({ code: 'file-not-text', file });
    expect(await fs.readFile(file)).toEqual(bytes);
  });

  it('a pipe, without waiting for it', async () => {
    execFileSync('mkfifo', [file]);
    const error = { code: 'file-unreadable', file, reason: 'It is a pipe, not a file' };
    expect(await createDiskEnvFiles().preflight(file, ['KEY'])).toEqual({ ok: false, error });
  });

  it('a socket', async () => {
    const server = net.createServer().listen(file);
    await once(server, 'listening');
    await expectRefusal({ code: 'file-unreadable', file, reason: 'It is a socket, not a file' });
    server.close();
  });

  it.runIf(process.platform !== 'win32')('a device', async () => {
    const name = '/dev/null';
    await expectRefusal({ code: 'file-unreadable', file: name, reason: 'It is a device, not a file' }, name);
  });

  it('a link into a folder that is gone', async () => {
    await fs.symlink(path.join('gone', '.env'), file);
    await expectRefusal({ code: 'folder-gone', file, leadsTo: path.join(folder, 'gone', '.env') });
  });

  it.skipIf(isRoot)('a file in a folder that we may not enter', async () => {
    const name = path.join(folder, 'closed', '.env');
    await fs.mkdir(path.dirname(name), { mode: 0o000 });
    const error = { code: 'file-unreadable', file: name, reason: 'Its folder: You have no permission' };
    await expectRefusal(error, name);
    await fs.chmod(path.dirname(name), 0o700);
  });

  it('a name with a NUL in it', async () => {
    const name = `${file}\0`;
    expect(await createDiskEnvFiles().inspect(name, {})).toMatchObject({
      error: { code: 'file-unreadable' },
    });
  });
});

describe('An example', () => {
  const example = () => path.join(folder, '.env.example');
  const named = () => createDiskEnvFiles().nameInExample(file, ['KEY']);
  const modeOf = async (name: string) => (await fs.stat(name)).mode & 0o7777;

  it('that is new is there for all to read', async () => {
    expect(await named()).toMatchObject({ ok: true });
    expect(await modeOf(example())).toBe(0o644);
  });

  it('keeps its mode', async () => {
    await fs.writeFile(example(), 'A=\n');
    await fs.chmod(example(), 0o640);
    expect(await named()).toMatchObject({ ok: true });
    expect(await textOf(example())).toBe('A=\nKEY=\n');
    expect(await modeOf(example())).toBe(0o640);
  });

  it('that has the names need not be writable', async () => {
    await fs.writeFile(example(), 'KEY=\n');
    await fs.chmod(example(), 0o444);
    expect(await named()).toEqual({ ok: true, value: example() });
  });

  it('is made beside a link, not beside the file that it leads to', async () => {
    await fs.mkdir(path.join(folder, 'elsewhere'));
    await fs.symlink(path.join('elsewhere', '.env'), file);
    expect(await named()).toEqual({ ok: true, value: example() });
    expect(await fs.readdir(path.join(folder, 'elsewhere'))).toEqual([]);
  });

  it('in a folder that is gone is refused', async () => {
    const name = path.join(folder, 'gone', '.env');
    expect(await createDiskEnvFiles().nameInExample(name, ['KEY'])).toMatchObject({
      ok: false,
      error: { code: 'folder-gone' },
    });
  });
});

it('sets a variable in a file of 10 MB, and changes nothing else in it', async () => {
  const filler = '# a line of a long file, and another one\nOTHER="some value"\n'.repeat(80_000);
  await fs.writeFile(file, `${filler}KEY=old\n${filler}`);
  expect((await fs.stat(file)).size).toBeGreaterThan(9_000_000);
  expect(await write()).toMatchObject({ ok: true });
  expect((await textOf(file)) === `${filler}KEY=new\n${filler}`).toBe(true);
});

describe('Many writes at once', () => {
  it('of one file, over two links to it, all come to pass', async () => {
    await fs.writeFile(file, OLD);
    await fs.symlink('.env', path.join(folder, 'link'));
    const envFiles = createDiskEnvFiles();
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        envFiles.write(
          path.join(folder, index % 2 === 0 ? '.env' : 'link'),
          [{ variable: `V${index}`, value: new Secret(`${index}`) }],
          'any',
        ),
      ),
    );
    expect(results.every((result) => result.ok)).toBe(true);
    const text = OLD + Array.from({ length: 50 }, (_, index) => `V${index}=${index}\n`).join('');
    expect((await textOf(file))?.split('\n').sort()).toEqual(text.split('\n').sort());
  });

  it('go on after one that failed', async () => {
    await fs.writeFile(file, OLD);
    const envFiles = createDiskEnvFiles();
    const [refused, written] = await Promise.all([
      write(envFiles, file, '$(id)'),
      write(envFiles, file, 'new'),
    ]);
    expect([refused.ok, written.ok]).toEqual([false, true]);
    expect(await textOf(file)).toBe(NEW);
  });
});

describe('What a write that was killed left behind', () => {
  const leftover = '.env.keyturn-0123456789abcdef';
  it('is removed by the next write once it is a minute old, and nothing else is', async () => {
    await fs.writeFile(file, OLD);
    const kept = ['.env.keyturn-notes', '.env.keyturn-0123456789abcdeg', 'x.env.keyturn-0123456789abcdef'];
    for (const name of [leftover, ...kept]) {
      await fs.writeFile(path.join(folder, name), 'KEY=secret\n');
      await fs.utimes(path.join(folder, name), 1, 1);
    }
    await write();
    expect((await fs.readdir(folder)).sort()).toEqual(['.env', ...kept].sort());
  });

  it('is left while it may be the work of another', async () => {
    await fs.writeFile(file, OLD);
    await fs.writeFile(path.join(folder, leftover), 'KEY=secret\n');
    await write();
    expect(await fs.readdir(folder)).toEqual(['.env', leftover]);
  });
});
