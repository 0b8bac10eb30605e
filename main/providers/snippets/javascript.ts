import type { Sketch, SketchBody } from './sketch.ts';
import { type Marks, type NowFormat, nowFormatsIn, split, type Text, type TextPart } from './text.ts';

const now: Readonly<Record<NowFormat, { readonly name: string; readonly value: string }>> = {
  'unix-seconds': { name: 'seconds', value: 'Math.floor(Date.now() / 1000)' },
  'unix-milliseconds': { name: 'milliseconds', value: 'Date.now()' },
  rfc3339: { name: 'time', value: 'new Date().toISOString()' },
};

/** A sketched request as a JavaScript module for Node, with nothing but what Node brings along. */
export function asJavaScript(sketch: Sketch): string {
  const { method, url, query, headers, body, proof, marks } = sketch;
  const texts = [url, ...headers.map(([, value]) => value), ...(body.kind === 'none' ? [] : [body.text])];
  const imports = proof.kind === 'hmac' ? ["import { createHmac } from 'node:crypto';", ''] : [];
  const lines = nowFormatsIn(texts).map((format) => `const ${now[format].name} = ${now[format].value};`);
  const sent = headers.map(([name, value]) => `${property(name)}: ${expression(value)}`);
  if (body.kind !== 'none') lines.push(`const body = ${bodyExpression(body, marks)};`);
  if (proof.kind === 'basic') {
    const pair = expression([...proof.user, { kind: 'literal', text: ':' }, ...proof.password]);
    lines.push(`const pair = Buffer.from(${pair}).toString('base64');`);
    sent.push("Authorization: 'Basic ' + pair");
  }
  if (proof.kind === 'hmac') {
    const signed = body.kind === 'none' ? expression(query) : 'body';
    lines.push(
      `const signature = createHmac('${proof.algorithm}', ${expression(proof.key)})`,
      `  .update(${signed})`,
      `  .digest('${proof.encoding}');`,
    );
    sent.push(`${property(proof.header)}: signature`);
  }
  const request = [
    `const response = await fetch(${expression(url)}, {`,
    ...(method === 'GET' ? [] : [`  method: ${quoted(method)},`]),
    ...(sent.length === 0 ? [] : ['  headers: {', ...sent.map((line) => `    ${line},`), '  },']),
    ...(body.kind === 'none' ? [] : ['  body,']),
    '});',
    'console.log(response.status, await response.text());',
  ];
  return [...imports, ...lines, ...request].join('\n');
}

function bodyExpression(body: Exclude<SketchBody, { kind: 'none' }>, marks: Marks): string {
  if (body.kind === 'json') return `JSON.stringify(${value(body.value, marks)})`;
  const pairs = body.pairs.map(([name, text]) => `[${quoted(name)}, ${expression(text)}]`);
  return `new URLSearchParams([${pairs.join(', ')}]).toString()`;
}

/** A JSON value as JavaScript. */
function value(json: unknown, marks: Marks): string {
  if (typeof json === 'string') return expression(split(json, marks));
  if (typeof json === 'number') return bare(split(String(json), marks));
  if (Array.isArray(json)) return `[${json.map((item) => value(item, marks)).join(', ')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const members = Object.entries(json).map(([name, member]) => {
    const key = split(name, marks);
    const written = key.every(isLiteral) ? property(name) : `[${expression(key)}]`;
    return `${written}: ${value(member, marks)}`;
  });
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** A number as it is, or the variable that holds the time. */
function bare(text: Text): string {
  return text.map((part) => (part.kind === 'literal' ? part.text : reference(part))).join('');
}

function reference(part: Exclude<TextPart, { kind: 'literal' }>): string {
  if (part.kind === 'variable') return `process.env.${part.variable}`;
  const { name } = now[part.format];
  return part.encoded ? `encodeURIComponent(${name})` : name;
}

/** A text as a JavaScript expression that is a string. */
function expression(text: Text): string {
  const [first] = text;
  if (first === undefined) return "''";
  if (text.length === 1 && first.kind === 'variable') return reference(first);
  if (text.every(isLiteral)) return quoted(text.map((part) => part.text).join(''));
  const parts = text.map((part) =>
    part.kind === 'literal' ? part.text.replace(/[\\`]|\$\{/g, '\\$&') : `\${${reference(part)}}`,
  );
  return `\`${parts.join('')}\``;
}

const isLiteral = (part: TextPart): part is Extract<TextPart, { kind: 'literal' }> => part.kind === 'literal';

/** A string literal; JSON writes every string as JavaScript reads it. */
const quoted = (text: string): string => (/['"\\\p{Cc}]/u.test(text) ? JSON.stringify(text) : `'${text}'`);

const property = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
