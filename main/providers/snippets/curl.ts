import { inSingleQuotes, shellNow, shellWord } from './shell.ts';
import type { Sketch } from './sketch.ts';
import { nowFormatsIn, type Text } from './text.ts';

const literal = (text: string): Text => [{ kind: 'literal', text }];

/** A sketched request as a bash script with curl, and openssl where it is signed. Values are taken as they are. */
export function asCurl(sketch: Sketch): string {
  const { method, url, query, headers, body, proof } = sketch;
  const texts = [url, ...headers.map(([, value]) => value), ...(body.kind === 'none' ? [] : [body.text])];
  const lines = nowFormatsIn(texts).map((format) => `${shellNow[format].name}=${shellNow[format].value}`);
  const options = headers.map(([name, value]) => `-H ${shellWord([...literal(`${name}: `), ...value])}`);
  if (proof.kind === 'basic') {
    options.push(`-u ${shellWord([...proof.user, ...literal(':'), ...proof.password])}`);
  }
  if (proof.kind === 'hmac') {
    const [name, signed] =
      body.kind === 'none' ? (['QUERY', query] as const) : (['BODY', body.text] as const);
    const digest = `printf '%s' "$${name}" | openssl dgst -${proof.algorithm} -hmac ${shellWord(proof.key)}`;
    const written =
      proof.encoding === 'hex' ? `${digest} -r | cut -d ' ' -f 1` : `${digest} -binary | openssl base64 -A`;
    lines.push(`${name}=${shellWord(signed)}`, `SIGNATURE=$(${written})`);
    options.push(`-H "${proof.header}: $SIGNATURE"`);
  }
  if (body.kind === 'form' && proof.kind !== 'hmac') {
    for (const [name, value] of body.pairs) {
      options.push(`--data-urlencode ${shellWord([...literal(`${encodeURIComponent(name)}=`), ...value])}`);
    }
  } else if (body.kind !== 'none') {
    options.push(`--data-raw ${proof.kind === 'hmac' ? '"$BODY"' : shellWord(body.text)}`);
  }
  const start = `curl ${method === 'GET' ? '' : `-X ${method} `}${urlWord(url)}`;
  return [...lines, [start, ...options].join(' \\\n  ')].join('\n');
}

/** Curl reads brackets and braces in an address as a pattern, which an address that we send never has unescaped. */
const urlWord = (url: Text): string =>
  url.every((part) => part.kind === 'literal')
    ? inSingleQuotes(url.map((part) => (part.kind === 'literal' ? part.text : '')).join(''))
    : shellWord(url);
