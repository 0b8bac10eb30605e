import { expect, it } from 'vitest';
import { parseEnv } from '../../../main/env-files/document.ts';
import { kindOf } from '../../../main/env-files/kind-of-file.ts';

const kind = (name: string, text: string) => kindOf(`/shop/${name}`, parseEnv(Buffer.from(text)));

it.each([
  ['.env', ''],
  ['.env', '# only a note\n\n'],
  ['.env', '\uFEFF# note\r\nA=1\r\n'],
  ['settings.conf', 'export A=1\nB="x\ny"\n'],
  ['.env', 'A=1\nsource other.sh\n'],
])('takes %s with %j for variables', (name, text) => expect(kind(name, text)).toBe('variables'));

it.each([
  ['app.js', "import x from 'x';\nconst port = 1;\nmodule.exports = { port };\n"],
  ['app.js', "const a = require('a');\nmodule.exports = a;\n"],
  ['.gitignore', 'node_modules\n.env\n'],
  ['.env', 'just some text\n'],
])('takes %s with %j for something else', (name, text) => expect(kind(name, text)).toBe('other'));

it.each(['.env.example', '.env.local.sample', 'example.env', '.env.dist'])(
  'takes %s for an example',
  (name) => expect(kind(name, 'A=\n')).toBe('example'),
);
