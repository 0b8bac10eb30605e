import type { CheckCommand } from './hook-text.ts';

/** How a hook starts the check by Node: `file` is `check-staged-main.ts` or its bundle. */
export function checkByNode(file: string, dataFolder: string): CheckCommand {
  return { program: process.execPath, args: [file, `--data-dir=${dataFolder}`], needs: [file] };
}

/** What Electron says of the app that is running. */
export interface RunningProgram {
  readonly isPackaged: boolean;
  getAppPath(): string;
}

/**
 * How a hook starts the check by the app itself. An AppImage is mounted in another place at each start; `APPIMAGE` is the
 * file that stays: https://docs.appimage.org/packaging-guide/environment-variables.html.
 */
export function checkByApp(app: RunningProgram, env: NodeJS.ProcessEnv, dataFolder: string): CheckCommand {
  const own = app.isPackaged ? [] : [app.getAppPath()];
  return {
    program: env.APPIMAGE ?? process.execPath,
    args: [...own, `--${checkSwitch}`, `--data-dir=${dataFolder}`],
    needs: own,
  };
}

/** By this the app knows that a hook has started it. */
export const checkSwitch = 'check-staged';
