import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EnvFiles } from '../../../main/env-files/env-files.ts';
import { Secret } from '../../../main/secrets/secret.ts';

/** One world of a contract test: the port, a folder that exists, and a way round the port. */
export interface EnvFilesWorld {
  readonly envFiles: EnvFiles;
  readonly folder: string;
  put(file: string, text: string): Promise<void>;
  textOf(file: string): Promise<string | null>;
}

/** What every implementation of `EnvFiles` promises. */
export function promisesOfEnvFiles(name: string, createWorld: () => Promise<EnvFilesWorld>): void {
  describe(`Env files (${name})`, () => {
    let world: EnvFilesWorld;
    let file: string;
    beforeEach(async () => {
      world = await createWorld();
      file = path.join(world.folder, '.env');
    });
    const assign = (variable: string, value: string) => ({ variable, value: new Secret(value) });
    const valuesIn = async (variables: string[]) => {
      const read = await world.envFiles.read(file, variables, 'any');
      if (!read.ok) return read.error;
      return Object.fromEntries(Object.entries(read.value).map(([key, secret]) => [key, secret?.reveal()]));
    };

    it('reads what it wrote', async () => {
      const value = 'a b # $ "c"';
      expect(await world.envFiles.write(file, [assign('A', value), assign('B', '2')], 'any')).toMatchObject({
        ok: true,
      });
      expect(await valuesIn(['A', 'B', 'C'])).toEqual({ A: value, B: '2', C: undefined });
    });

    it('reads what it wrote for a named reader as that one does', async () => {
      for (const dialect of ['vite', 'shell', 'compose', 'node'] as const) {
        expect(await world.envFiles.write(file, [assign('A', 'pa$word')], dialect)).toMatchObject({
          ok: true,
        });
        const read = await world.envFiles.read(file, ['A', 'B'], dialect);
        expect(read.ok && [read.value.A?.reveal(), read.value.B]).toEqual(['pa$word', null]);
      }
    });

    it('keeps all that is not the value', async () => {
      await world.put(file, '# note\r\nexport A=1 # one\r\n\r\nB="2"');
      await world.envFiles.write(file, [assign('A', 'new'), assign('C', '3')], 'any');
      expect(await world.textOf(file)).toBe('# note\r\nexport A=new # one\r\n\r\nB="2"\r\nC=3\r\n');
    });

    it('lists the variables of a file, each once', async () => {
      await world.put(file, 'B=1\nA="x\nNO=1"\n#C=1\nB=2\n');
      expect(await world.envFiles.inspect(file, {})).toMatchObject({
        ok: true,
        value: { exists: true, variables: ['B', 'A'] },
      });
    });

    it('finds a file that is not there yet fit to be written, and does not make it', async () => {
      expect(await world.envFiles.inspect(file, {})).toMatchObject({
        ok: true,
        value: { exists: false, variables: [] },
      });
      expect(await world.envFiles.preflight(file, ['A'])).toEqual({ ok: true, value: undefined });
      expect(await world.textOf(file)).toBeNull();
    });

    it('says that a file is gone instead of calling its variables missing', async () => {
      expect(await world.envFiles.read(file, ['A'], 'any')).toEqual({
        ok: false,
        error: { code: 'file-gone', file },
      });
    });

    it('removes the lines of a variable, and can do so again', async () => {
      await world.put(file, 'A=1\nB=2 # b\nA=3');
      for (const _ of [1, 2])
        expect(await world.envFiles.remove(file, ['A', 'Z'])).toMatchObject({ ok: true });
      expect(await world.textOf(file)).toBe('B=2 # b\n');
    });

    it('takes removing from a file that is gone for done', async () => {
      expect(await world.envFiles.remove(file, ['A'])).toMatchObject({ ok: true });
      expect(await world.textOf(file)).toBeNull();
    });

    it('renames a variable on every line where it is', async () => {
      await world.put(file, 'A=1 # a\r\nexport A="2"\r\n#A=3\r\nB=$A');
      expect(await world.envFiles.rename(file, 'A', 'C')).toEqual({ ok: true, value: undefined });
      expect(await world.textOf(file)).toBe('C=1 # a\r\nexport C="2"\r\n#A=3\r\nB=$A');
    });

    it('refuses to rename to a name that is taken, or that is none', async () => {
      await world.put(file, 'A=1\nB=2\n');
      const taken = { ok: false, error: { code: 'variable-repeated', variable: 'B' } };
      expect(await world.envFiles.rename(file, 'A', 'B')).toEqual(taken);
      const invalid = { ok: false, error: { code: 'variable-invalid', variable: 'B-1' } };
      expect(await world.envFiles.rename(file, 'A', 'B-1')).toEqual(invalid);
      expect(await world.textOf(file)).toBe('A=1\nB=2\n');
    });

    it('takes renaming a variable that is not there for done', async () => {
      expect(await world.envFiles.rename(file, 'A', 'C')).toEqual({ ok: true, value: undefined });
      expect(await world.textOf(file)).toBeNull();
    });

    describe('names in the example', () => {
      const beside = (name: string) => path.join(world.folder, name);
      const named = (variables: string[], of = file) => world.envFiles.nameInExample(of, variables);

      it('adds the names that are missing, without values, and changes nothing else', async () => {
        const example = beside('.env.example');
        await world.put(example, '# note\r\nA=sample # a\r\n\r\nB="x"');
        expect(await named(['B', 'KEY', 'ID'])).toEqual({ ok: true, value: example });
        expect(await world.textOf(example)).toBe('# note\r\nA=sample # a\r\n\r\nB="x"\r\nKEY=\r\nID=\r\n');
      });

      it('leaves a name that is commented out as it is', async () => {
        const example = beside('.env.example');
        const text = '# KEY=optional\n#ID=\n  ## export THIRD = x\n# A note on OTHER here\n';
        await world.put(example, text);
        expect(await named(['KEY', 'ID', 'THIRD', 'OTHER'])).toMatchObject({ ok: true });
        expect(await world.textOf(example)).toBe(`${text}OTHER=\n`);
      });

      it('writes what every line of the example writes before a name', async () => {
        const example = beside('.env.example');
        await world.put(example, '# note\nexport A=1\nexport B=\n');
        await named(['KEY', 'ID']);
        expect(await world.textOf(example)).toBe(
          '# note\nexport A=1\nexport B=\nexport KEY=""\nexport ID=""\n',
        );
      });

      it('makes an example where there is none, and says which', async () => {
        expect(await named(['KEY'])).toEqual({ ok: true, value: beside('.env.example') });
        expect(await world.textOf(beside('.env.example'))).toBe('KEY=\n');
      });

      it('makes none for no names', async () => {
        expect(await named([])).toMatchObject({ ok: true });
        expect(await world.textOf(beside('.env.example'))).toBeNull();
      });

      it.each([
        ['.env', ['.env.sample', 'example.env'], '.env.sample'],
        ['.env', ['.env.dist', '.env.template'], '.env.template'],
        ['.env.local', ['.env.example', '.env.local.example'], '.env.local.example'],
        ['.env.production', ['.env.example', '.env.local.example'], '.env.example'],
        ['prod.env', ['example.env'], 'example.env'],
      ])('of %s beside %j: takes %s', async (name, there, expected) => {
        for (const one of there) await world.put(beside(one), 'A=1\n');
        expect(await named(['KEY'], beside(name))).toEqual({ ok: true, value: beside(expected) });
        expect(await world.textOf(beside(expected))).toBe('A=1\nKEY=\n');
        expect(await world.envFiles.inspect(beside(name), {})).toMatchObject({
          value: { example: { file: beside(expected), exists: true, variables: ['A', 'KEY'] } },
        });
      });

      it('can do so again, and changes nothing then', async () => {
        for (const _ of [1, 2]) await named(['KEY']);
        expect(await world.textOf(beside('.env.example'))).toBe('KEY=\n');
      });

      it('refuses an example that is not text', async () => {
        const example = beside('.env.example');
        await world.put(example, 'A=1\0');
        expect(await named(['KEY'])).toEqual({
          ok: false,
          error: { code: 'file-not-text', file: example },
        });
      });
    });

    it('proposes a name for every field that it was asked about, the project’s own first', async () => {
      await world.put(path.join(world.folder, '.env.example'), 'A=1\n');
      const inspected = await world.envFiles.inspect(file, {
        API_KEY: 'ACME_API_KEY',
        USER_ID: 'ACME_USER_ID',
      });
      expect(inspected).toMatchObject({
        value: { proposals: { API_KEY: 'ACME_API_KEY', USER_ID: 'ACME_USER_ID' } },
      });
    });

    it.each(['', '1A', 'A-B', 'A.B', 'A B', 'É', 'A=1', '__proto__'])(
      'refuses the variable name %j',
      async (variable) => {
        const failure = { ok: false, error: { code: 'variable-invalid', variable } };
        expect(await world.envFiles.write(file, [assign(variable, 'x')], 'any')).toEqual(failure);
        expect(await world.envFiles.preflight(file, [variable])).toEqual(failure);
        expect(await world.textOf(file)).toBeNull();
      },
    );

    it('refuses one variable twice', async () => {
      const failure = { ok: false, error: { code: 'variable-repeated', variable: 'A' } };
      expect(await world.envFiles.write(file, [assign('A', '1'), assign('A', '2')], 'any')).toEqual(failure);
      expect(await world.envFiles.preflight(file, ['A', 'B', 'A'])).toEqual(failure);
    });

    it.each([
      ['$(touch x)', 'command'],
      ['a\rb', 'carriage-return'],
      ['a\0b', 'nul'],
      ['\udc00', 'not-unicode'],
      ['encrypted:BE9Y', 'encrypted'],
    ])('refuses the value %j and changes nothing', async (value, reason) => {
      await world.put(file, 'A=1\nB=2\n');
      expect(await world.envFiles.write(file, [assign('B', 'new'), assign('A', value)], 'any')).toEqual({
        ok: false,
        error: { code: 'value-unwritable', variable: 'A', reason },
      });
      expect(await world.textOf(file)).toBe('A=1\nB=2\n');
    });

    it.each([
      ['$(touch x)', 'any'],
      ['a # b', 'docker-run'],
      ['a b', 'any'],
      ['plain', 'shell'],
    ] as const)(
      'says beforehand what writing %j for %s comes to, and changes nothing',
      async (value, dialect) => {
        await world.put(file, 'A=1\r\n');
        const rehearsed = await world.envFiles.rehearse(file, [assign('A', value)], dialect);
        expect(await world.textOf(file)).toBe('A=1\r\n');
        expect(await world.envFiles.write(file, [assign('A', value)], dialect)).toEqual(rehearsed);
      },
    );

    it.each([
      ['A=1\r\n', 'shell', 'crlf'],
      ['A=1\n', 'shell', null],
      ['A=1\r\n', 'node', null],
      ['export A=1\n', 'systemd', 'export'],
      ['A = 1\n', 'docker-run', 'spaces'],
      ['A: 1\n', 'node', 'separator'],
      ['A=1 # why\n', 'make', 'comment'],
      ['\uFEFFA=1\n', 'node', 'byte-order-mark'],
      ['A=1\nno assignment\n', 'go', 'other-line'],
    ] as const)(
      'tells what in %j keeps %s from a value, before and after it is written',
      async (text, dialect, cause) => {
        await world.put(file, text);
        const told = { ok: true, value: { A: cause, B: null } };
        expect(await world.envFiles.misread(file, ['A', 'B'], dialect)).toEqual(told);
        const written = await world.envFiles.write(file, [assign('A', 'new')], dialect);
        expect(written.ok && (written.value.because ?? null)).toBe(cause);
        expect(written.ok && written.value.readDifferentlyBy.length > 0).toBe(cause !== null);
        expect(await world.envFiles.misread(file, ['A', 'B'], dialect)).toEqual(told);
      },
    );

    it('knows of no reader that is kept from a value where none is named', async () => {
      await world.put(file, 'A: 1\r\n');
      expect(await world.envFiles.misread(file, ['A'], 'any')).toEqual({ ok: true, value: { A: null } });
    });

    it('refuses a path that is not absolute', async () => {
      const failure = { ok: false, error: { code: 'path-not-absolute', file: '.env' } };
      expect(await world.envFiles.inspect('.env', {})).toEqual(failure);
      expect(await world.envFiles.preflight('.env', ['A'])).toEqual(failure);
      expect(await world.envFiles.write('.env', [assign('A', '1')], 'any')).toEqual(failure);
      expect(await world.envFiles.rehearse('.env', [assign('A', '1')], 'any')).toEqual(failure);
      expect(await world.envFiles.read('.env', ['A'], 'any')).toEqual(failure);
      expect(await world.envFiles.misread('.env', ['A'], 'any')).toEqual(failure);
      expect(await world.envFiles.remove('.env', ['A'])).toEqual(failure);
      expect(await world.envFiles.rename('.env', 'A', 'B')).toEqual(failure);
      expect(await world.envFiles.nameInExample('.env', ['A'])).toEqual(failure);
    });

    it('refuses a file that is not text and leaves it alone', async () => {
      await world.put(file, 'A=1\n\0\n');
      const failure = { ok: false, error: { code: 'file-not-text', file } };
      expect(await world.envFiles.inspect(file, {})).toEqual(failure);
      expect(await world.envFiles.write(file, [assign('A', '2')], 'any')).toEqual(failure);
      expect(await world.textOf(file)).toBe('A=1\n\0\n');
    });

    it('names who reads a value differently', async () => {
      expect(await world.envFiles.write(file, [assign('A', 'sk_1'), assign('B', 'a b')], 'any')).toEqual({
        ok: true,
        value: { readDifferentlyBy: ['docker run --env-file', 'make'] },
      });
    });
  });
}
