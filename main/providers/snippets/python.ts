import type { Sketch, SketchBody } from './sketch.ts';
import { type Marks, type NowFormat, nowFormatsIn, split, type Text, type TextPart } from './text.ts';

const now: Readonly<
  Record<NowFormat, { readonly name: string; readonly value: string; readonly needs: string }>
> = {
  'unix-seconds': { name: 'seconds', value: 'int(time.time())', needs: 'time' },
  'unix-milliseconds': { name: 'milliseconds', value: 'int(time.time() * 1000)', needs: 'time' },
  rfc3339: {
    name: 'instant',
    value: 'time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())',
    needs: 'time',
  },
};

/** A sketched request as a Python 3 script, with nothing but the standard library. */
export function asPython(sketch: Sketch): string {
  const { method, url, query, headers, body, proof, marks } = sketch;
  const texts = [url, ...headers.map(([, text]) => text), ...(body.kind === 'none' ? [] : [body.text])];
  const formats = nowFormatsIn(texts);
  const needs = new Set(['os', 'urllib.request', ...formats.map((format) => now[format].needs)]);
  if (texts.flat().some((part) => part.kind === 'now' && part.encoded) || body.kind === 'form')
    needs.add('urllib.parse');
  const lines = formats.map((format) => `${now[format].name} = ${now[format].value}`);
  const sent = headers.map(([name, text]) => `${quoted(name)}: ${expression(text)}`);
  if (body.kind === 'json') needs.add('json');
  if (body.kind !== 'none') lines.push(`body = ${bodyExpression(body, marks)}`);
  if (proof.kind === 'basic') {
    needs.add('base64');
    const pair = expression([...proof.user, { kind: 'literal', text: ':' }, ...proof.password]);
    lines.push(`pair = base64.b64encode((${pair}).encode()).decode()`);
    sent.push('"Authorization": "Basic " + pair');
  }
  if (proof.kind === 'hmac') {
    needs.add('hashlib').add('hmac');
    const signed = body.kind === 'none' ? `(${expression(query)}).encode()` : 'body';
    const digest = `hmac.new((${expression(proof.key)}).encode(), ${signed}, hashlib.${proof.algorithm})`;
    if (proof.encoding === 'base64') needs.add('base64');
    lines.push(
      proof.encoding === 'hex'
        ? `signature = ${digest}.hexdigest()`
        : `signature = base64.b64encode(${digest}.digest()).decode()`,
    );
    sent.push(`${quoted(proof.header)}: signature`);
  }
  const usesEnvironment = /os\.environ/.test([...lines, ...sent, expression(url)].join());
  if (!usesEnvironment) needs.delete('os');
  return [
    ...[...needs].sort().map((module) => `import ${module}`),
    '',
    ...lines,
    'request = urllib.request.Request(',
    `    ${expression(url)},`,
    `    method=${quoted(method)},`,
    ...(sent.length === 0 ? [] : ['    headers={', ...sent.map((line) => `        ${line},`), '    },']),
    ...(body.kind === 'none' ? [] : ['    data=body,']),
    ')',
    'with urllib.request.urlopen(request) as response:',
    '    print(response.status, response.read().decode())',
  ].join('\n');
}

function bodyExpression(body: Exclude<SketchBody, { kind: 'none' }>, marks: Marks): string {
  if (body.kind === 'json') {
    // Without spaces, as the app itself sends and signs it.
    return `json.dumps(${value(body.value, marks)}, separators=(",", ":"), ensure_ascii=False).encode()`;
  }
  const pairs = body.pairs.map(([name, text]) => `(${quoted(name)}, ${expression(text)})`);
  return `urllib.parse.urlencode([${pairs.join(', ')}]).encode()`;
}

/** A JSON value as Python. */
function value(json: unknown, marks: Marks): string {
  if (typeof json === 'string') return expression(split(json, marks));
  if (typeof json === 'number') return split(String(json), marks).map(bare).join('');
  if (json === null) return 'None';
  if (typeof json === 'boolean') return json ? 'True' : 'False';
  if (Array.isArray(json)) return `[${json.map((item) => value(item, marks)).join(', ')}]`;
  const members = Object.entries(json as object).map(
    ([name, member]) => `${expression(split(name, marks))}: ${value(member, marks)}`,
  );
  return `{${members.join(', ')}}`;
}

const bare = (part: TextPart): string => {
  if (part.kind === 'literal') return part.text;
  return part.kind === 'now' ? now[part.format].name : `os.environ["${part.variable}"]`;
};

function asString(part: TextPart): string {
  if (part.kind === 'literal') return quoted(part.text);
  if (part.kind === 'variable') return `os.environ["${part.variable}"]`;
  const { name } = now[part.format];
  if (part.format !== 'rfc3339') return `str(${name})`;
  return part.encoded ? `urllib.parse.quote(${name}, safe="")` : name;
}

/** A text as a Python expression that is a string. */
function expression(text: Text): string {
  return text.length === 0 ? '""' : text.map(asString).join(' + ');
}

/** A string literal; JSON escapes nothing in a way that Python reads otherwise. */
const quoted = (text: string): string => JSON.stringify(text);
