import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * What `age -d` makes of the file, the real tool. It asks for the passphrase at a terminal, which `script` plays.
 * Throws with its words where it does not open the file.
 */
export async function ageDecrypt(file: string, passphrase: string, into: string): Promise<string> {
  const opened = path.join(into, `opened-${path.basename(file)}`);
  const child = spawn('script', ['-qec', `age -d -o '${opened}' '${file}'`, '/dev/null'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  child.stdout.on('data', (chunk: Buffer) => {
    words += chunk.toString();
    if (/passphrase:/i.test(chunk.toString())) child.stdin.write(`${passphrase}\n`);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(words);
  return readFile(opened, 'utf8');
}
