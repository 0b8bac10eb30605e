/** The name by which Electron's clipboard takes a format of the system itself. */
export function systemFormat(name: string): string {
  return `electron application/osclipboard;format="${name}"`;
}

/** Four zero bytes: the number 0 in the size that Windows reads. An empty value is not that number. */
const zero = new Blob([new Uint8Array(4)]);

/**
 * The formats that tell clipboard histories to leave a text alone, by their names on this system.
 * Windows: learn.microsoft.com, "Clipboard formats", cloud clipboard and clipboard history.
 * macOS: nspasteboard.org. Linux: the hint that KDE's clipboard and those after it honour.
 */
export function concealmentMarks(platform: NodeJS.Platform): Readonly<Record<string, string | Blob>> {
  if (platform === 'win32') {
    return {
      [systemFormat('ExcludeClipboardContentFromMonitorProcessing')]: zero,
      [systemFormat('CanIncludeInClipboardHistory')]: zero,
      [systemFormat('CanUploadToCloudClipboard')]: zero,
    };
  }
  if (platform === 'darwin') return { [systemFormat('org.nspasteboard.ConcealedType')]: 'concealed' };
  return { [systemFormat('x-kde-passwordManagerHint')]: 'secret' };
}
