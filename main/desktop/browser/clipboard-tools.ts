/** One run of a program: no shell, the text by its standard input. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: Buffer;
}

/** The programs by which main reaches the clipboard of this desktop. */
export interface ClipboardTool {
  /** Whether the write carries a mark that keeps clipboard histories from recording it. */
  readonly concealed: boolean;
  write(text: string): Command;
  readonly read: Command;
  readonly clear: Command;
  /** The text in what `read` printed. */
  textOf(output: Buffer): string;
}

export interface ClipboardSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a program of that name can be run. */
  has(program: string): boolean;
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const plain = (output: Buffer) => output.toString('utf8');

/** Chooses the tool of this system; null: there is none, and the page has to write its own clipboard. */
export function findClipboardTool({ platform, env, has }: ClipboardSystem): ClipboardTool | null {
  if (platform === 'darwin') return has('pbcopy') ? pasteboard : null;
  if (platform === 'win32') return has('clip.exe') && has('powershell.exe') ? windowsClipboard : null;
  if (present(env.WAYLAND_DISPLAY) && has('wl-copy') && has('wl-paste')) return wayland;
  return present(env.DISPLAY) && has('xclip') ? x11 : null;
}

/** An empty variable names no display. */
function present(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

const wayland: ClipboardTool = {
  concealed: false,
  write: (text) => ({ file: 'wl-copy', args: ['--type', 'text/plain'], input: utf8(text) }),
  read: { file: 'wl-paste', args: ['--no-newline'] },
  clear: { file: 'wl-copy', args: ['--clear'] },
  textOf: plain,
};

const x11: ClipboardTool = {
  concealed: false,
  write: (text) => ({ file: 'xclip', args: ['-selection', 'clipboard', '-in'], input: utf8(text) }),
  read: { file: 'xclip', args: ['-selection', 'clipboard', '-out'] },
  clear: { file: 'xclip', args: ['-selection', 'clipboard', '-in'], input: utf8('') },
  textOf: plain,
};

/** Both programs read and write in the encoding of the locale, which a service may lack. */
const unicode = { LC_CTYPE: 'UTF-8' };
const pasteboard: ClipboardTool = {
  concealed: false,
  write: (text) => ({ file: 'pbcopy', args: [], env: unicode, input: utf8(text) }),
  read: { file: 'pbpaste', args: [], env: unicode },
  clear: { file: 'pbcopy', args: [], env: unicode, input: utf8('') },
  textOf: plain,
};

const powershell = (script: string): Command => ({
  file: 'powershell.exe',
  args: ['-NoProfile', '-NonInteractive', '-Command', script],
});
const windowsClipboard: ClipboardTool = {
  concealed: false,
  // `clip` takes UTF-16 when the input starts with a byte order mark.
  write: (text) => ({ file: 'clip.exe', args: [], input: Buffer.from(`\uFEFF${text}`, 'utf16le') }),
  read: powershell('[Console]::OutputEncoding=[Text.Encoding]::UTF8; [Console]::Write((Get-Clipboard -Raw))'),
  clear: powershell('Set-Clipboard -Value $null'),
  textOf: plain,
};
