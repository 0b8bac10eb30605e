import { type Clipboard, ClipboardItem, clipboard } from 'electron';
import type { SecretClipboard } from '../desktop.ts';
import { createConcealingClipboard, type SystemClipboard } from './concealing-clipboard.ts';

/** The system's clipboard by Electron. */
export function createElectronClipboard(): SecretClipboard {
  // Declared as always there; documented as there on Linux only.
  const selection: Clipboard | undefined = clipboard.selection;
  return createConcealingClipboard(
    process.platform,
    systemClipboard(clipboard),
    selection === undefined ? undefined : systemClipboard(selection),
  );
}

function systemClipboard(board: Clipboard): SystemClipboard {
  return {
    write: (formats) => board.write([new ClipboardItem({ ...formats })]),
    readText: () => board.readText(),
    has: (format) => board.has(format),
    clear: () => board.clear(),
  };
}
