import type { DefinitionParts } from './definition.ts';
import { type Issue, pointerOf } from './issue.ts';

/**
 * What the format can say and this version cannot do. Refused at loading, since a definition that is half
 * followed would do something other than it says.
 */
export function unsupportedIssues(definition: DefinitionParts): Issue[] {
  const { create } = definition.operations;
  if (create?.response.idIsSecret !== true) return [];
  return [
    {
      at: pointerOf(['operations', 'create', 'response', 'idIsSecret']),
      message: 'this version cannot handle keys whose id is their value',
    },
  ];
}
