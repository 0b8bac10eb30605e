import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Every file in the folder, however deep, whose bytes hold the text, also as base64 and as hex. */
export async function filesHolding(folder: string, text: string): Promise<string[]> {
  const needles = [
    Buffer.from(text),
    Buffer.from(btoa(text).replace(/=+$/, '')),
    Buffer.from(Buffer.from(text).toString('hex')),
  ];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const bytes = await readFile(file);
        return needles.some((needle) => bytes.includes(needle)) ? [file] : [];
      }),
  );
  return found.flat();
}
