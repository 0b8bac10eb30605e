import type { Snippet } from '../connections/connection-ports.ts';
import type { Definition } from './definition.ts';
import { asCurl } from './snippets/curl.ts';
import { asJavaScript } from './snippets/javascript.ts';
import { asPython } from './snippets/python.ts';
import { type SnippetFacts, sketchOf } from './snippets/sketch.ts';

/**
 * How a key of a connection is used, in each language. The snippets read every field from the environment, by
 * `variables` or else the variable that the definition proposes, and hold no value. None where the definition shows no
 * request that is made with a key alone.
 */
export function usageSnippets(
  definition: Definition,
  connection: SnippetFacts,
  variables: Readonly<Record<string, string>>,
): readonly Snippet[] {
  const sketch = sketchOf(definition, connection, variables);
  if (sketch === null) return [];
  return [
    { language: 'curl', text: asCurl(sketch) },
    { language: 'javascript', text: asJavaScript(sketch) },
    { language: 'python', text: asPython(sketch) },
  ];
}
