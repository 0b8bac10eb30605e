import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** What the browser host was told on its command line. */
export interface BrowserOptions {
  /** 0 is any free port. */
  readonly port: number;
  /** Absolute; null: the usual place. */
  readonly dataFolder: string | null;
  readonly allowManyClients: boolean;
}

/** Reads the command line, or answers in one line what is wrong with it. */
export function parseBrowserOptions(args: readonly string[]): Result<BrowserOptions, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        'data-dir': { type: 'string' },
        'allow-many-clients': { type: 'boolean', default: false },
      },
    });
    const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
    if (!(port <= 65_535)) return fail(`--port=${values.port} is not a port: give a number from 0 to 65535.`);
    const folder = values['data-dir'];
    if (folder === '') return fail('--data-dir needs a folder.');
    return ok({
      port,
      dataFolder: folder === undefined ? null : resolve(folder),
      allowManyClients: values['allow-many-clients'],
    });
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : String(cause));
  }
}
