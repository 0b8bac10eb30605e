import type { DefinitionParts } from './definition.ts';
import { type Issue, pointerOf } from './issue.ts';

/**
 * What the format can say and this version cannot do. Refused at loading, since a definition that is half
 * followed would do something other than it says.
 */
export function unsupportedIssues(definition: DefinitionParts): Issue[] {
  const issues: Issue[] = [];
  const { create, revoke, rotate } = definition.operations;
  if (rotate !== undefined) {
    issues.push({
      at: pointerOf(['operations', 'rotate']),
      message: 'this version rotates by creating, checking and revoking, not by a call of the provider',
    });
  }
  if (create?.response.idIsSecret === true) {
    issues.push({
      at: pointerOf(['operations', 'create', 'response', 'idIsSecret']),
      message: 'this version cannot handle keys whose id is their value',
    });
  }
  if (revoke?.settlesWithinSeconds !== undefined) {
    issues.push({
      at: pointerOf(['operations', 'revoke', 'settlesWithinSeconds']),
      message: 'this version expects a revoked key to be refused at once',
    });
  }
  definition.settings.forEach((setting, index) => {
    if (setting.optionsFrom === undefined) return;
    issues.push({
      at: pointerOf(['settings', index, 'optionsFrom']),
      message: 'this version cannot offer choices that a call answers',
    });
  });
  return issues;
}
