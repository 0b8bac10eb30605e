import { fail, ok, type Result } from '../../shared/result.ts';
import type { Definition } from './definition.ts';
import { fitIssues, wholeIssues } from './fit-check.ts';
import { hostIssues } from './hosts.ts';
import type { Issue } from './issue.ts';
import { shapeOf } from './shape.ts';
import { templateIssues } from './template-check.ts';

/**
 * Reads a definition from parsed JSON, which may be anything. Answers every fault found, each at its place, and accepts
 * nothing that the client would have to ignore. Where one part has not the right shape, the others are still held
 * against each other, unless they are named after it.
 */
export function loadDefinition(json: unknown): Result<Definition, readonly Issue[]> {
  const { issues, parts, isWhole } = shapeOf(json);
  if (parts === null) return fail(issues);
  const found = [
    ...issues,
    ...hostIssues(parts),
    ...templateIssues(parts),
    ...fitIssues(parts),
    ...(isWhole ? wholeIssues(parts) : []),
  ];
  return found.length === 0 ? ok(parts as Definition) : fail(found);
}
