import type { KeyDetail } from '../../../shared/ipc/keys.contract.ts';

/** How a key is used from code, naming its variables and never its value. */
export interface Snippet {
  readonly id: 'curl' | 'javascript' | 'python';
  readonly label: string;
  readonly code: string;
}

type Named = Pick<KeyDetail, 'origin' | 'fields' | 'targets'>;

/**
 * Snippets for a key's variables, as they are called in its first target or, without one, by the provider's
 * own convention. A key of two fields is a user name and a password; any other is a bearer token.
 */
export function snippetsOf(key: Named): Snippet[] {
  const [first, second] = key.fields.map((field) => key.targets[0]?.variables[field.name] ?? field.variable);
  if (first === undefined) return [];
  const variables = second === undefined ? [first] : [first, second];
  return [
    { id: 'curl', label: 'curl', code: curl(key.origin, variables) },
    { id: 'javascript', label: 'JavaScript', code: javascript(key.origin, variables) },
    { id: 'python', label: 'Python', code: python(key.origin, variables) },
  ];
}

function curl(origin: string, [first, second]: string[]): string {
  const sent = second === undefined ? `-H "Authorization: Bearer $${first}"` : `-u "$${first}:$${second}"`;
  return `set -a; . ./.env; set +a\ncurl ${sent} ${origin}`;
}

function javascript(origin: string, [first, second]: string[]): string {
  const sent =
    second === undefined
      ? `\`Bearer \${${first}}\``
      : `\`Basic \${Buffer.from(\`\${${first}}:\${${second}}\`).toString('base64')}\``;
  const names = second === undefined ? first : `${first}, ${second}`;
  return `// node --env-file=.env app.js\nconst { ${names} } = process.env;\nconst response = await fetch('${origin}', {\n  headers: { authorization: ${sent} },\n});`;
}

function python(origin: string, [first, second]: string[]): string {
  const sent =
    second === undefined
      ? `headers={"Authorization": f"Bearer {os.environ['${first}']}"}`
      : `auth=(os.environ["${first}"], os.environ["${second}"])`;
  return `import os, requests\nfrom dotenv import load_dotenv\n\nload_dotenv()\nresponse = requests.get("${origin}", ${sent})`;
}
