import { parseEnv } from '../../../main/env-files/document.ts';
import { planByLine } from '../../../main/env-files/plan-by-line.ts';
import { type Plan, planWrite } from '../../../main/env-files/plan-edit.ts';
import { Secret } from '../../../main/secrets/secret.ts';
import type { Dialect } from '../../../shared/domain/env-file.ts';
import type { EnvFileFailure } from '../../../shared/domain/failure.ts';
import type { Result } from '../../../shared/result.ts';

/** The plan that a write into a file with these bytes follows: line by line where that is possible, as the app does it. */
export function planAsTheAppDoes(
  bytes: Uint8Array,
  values: ReadonlyMap<string, string>,
  dialect: Dialect,
): Result<Plan, EnvFileFailure> {
  const assignments = [...values].map(([variable, value]) => ({ variable, value: new Secret(value) }));
  const planFor = (document: ReturnType<typeof parseEnv>) =>
    planWrite('.env', document, assignments, dialect);
  return planByLine(bytes, [...values.keys()], planFor) ?? planFor(parseEnv(bytes));
}
