/** What decides on the host. */
export interface Circumstances {
  /** What `npm start` was told. */
  readonly args: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Finds Electron's program, downloading it where need be; null: it is not to be had. */
  readonly obtainElectron: () => string | null;
}

export type HostChoice =
  | { readonly host: 'electron'; readonly program: string }
  /** `because` is a sentence for the person; null when they asked for it. */
  | { readonly host: 'browser'; readonly because: string | null };

/** Electron wherever it can run as it should, the browser host everywhere else. */
export function chooseHost({ args, platform, env, isRoot, obtainElectron }: Circumstances): HostChoice {
  const browser = (because: string | null): HostChoice => ({ host: 'browser', because });
  if (args.includes('--browser')) return browser(null);
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return browser('There is no display here.');
  // Switching the sandbox off is for the person to decide, never for this script.
  if (platform === 'linux' && isRoot && !args.includes('--no-sandbox'))
    return browser('Electron keeps its sandbox, which does not work for root.');
  const program = obtainElectron();
  return program === null
    ? browser('Electron is not installed and could not be downloaded.')
    : { host: 'electron', program };
}
