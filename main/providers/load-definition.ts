import { fail, ok, type Result } from '../../shared/result.ts';
import { type Definition, type DefinitionParts, definitionSchema } from './definition.ts';
import { hostIssues } from './hosts.ts';
import { type Issue, pointerOf } from './issue.ts';
import { templateIssues } from './template-check.ts';

/**
 * Reads a definition from parsed JSON. Answers every fault found, each at its place, and accepts nothing that
 * the client would have to ignore. Whether its parts fit together is looked at once its shape is right.
 */
export function loadDefinition(json: unknown): Result<Definition, readonly Issue[]> {
  const parsed = definitionSchema.safeParse(json);
  if (!parsed.success) {
    return fail(parsed.error.issues.map((issue) => ({ at: pointerOf(issue.path), message: issue.message })));
  }
  const issues = [
    ...hostIssues(parsed.data),
    ...templateIssues(parsed.data),
    ...fieldIssues(parsed.data),
    ...questionIssues(parsed.data),
  ];
  return issues.length === 0 ? ok(parsed.data as Definition) : fail(issues);
}

function fieldIssues(definition: DefinitionParts): Issue[] {
  const issues = repeated(definition.fields, ['fields']);
  const names = new Set(definition.fields.map((field) => field.name));
  for (const operation of ['create', 'rotate'] as const) {
    const mapped = definition.operations[operation]?.response.fields;
    const place = ['operations', operation, 'response', 'fields'];
    for (const name of Object.keys(mapped ?? {})) {
      if (!names.has(name))
        issues.push({ at: pointerOf([...place, name]), message: `"${name}" is not one of the fields` });
    }
    for (const name of names) {
      if (mapped !== undefined && !Object.hasOwn(mapped, name)) {
        issues.push({ at: pointerOf(place), message: `does not say where the field "${name}" stands` });
      }
    }
  }
  return issues;
}

function questionIssues(definition: DefinitionParts): Issue[] {
  const issues = [
    ...repeated(definition.settings, ['settings']),
    ...repeated(definition.credential, ['credential']),
    ...repeated(definition.askedAtCall, ['askedAtCall']),
  ];
  definition.settings.forEach((setting, index) => {
    const place = pointerOf(['settings', index]);
    if (setting.kind === 'secret')
      issues.push({ at: place, message: 'is secret, so it belongs into "credential"' });
    if (setting.kind === 'choice' && setting.options.length === 0) {
      issues.push({ at: place, message: 'is a choice without options' });
    }
    if (setting.optionsFrom !== undefined && setting.kind !== 'text') {
      issues.push({ at: `${place}/optionsFrom`, message: 'goes with a "text", which can be typed as well' });
    }
  });
  const asked = new Set(definition.askedAtCall.map((question) => question.name));
  definition.errors.meanings.forEach((meaning, index) => {
    const unknown = meaning.questions.filter((name) => !asked.has(name));
    if (meaning.means === 'answer-needed' && (meaning.questions.length === 0 || unknown.length > 0)) {
      issues.push({
        at: pointerOf(['errors', 'meanings', index, 'questions']),
        message: 'must name questions that are in "askedAtCall"',
      });
    }
  });
  return issues;
}

function repeated(named: readonly { readonly name: string }[], place: readonly string[]): Issue[] {
  return named.flatMap(({ name }, index) =>
    named.findIndex((other) => other.name === name) === index
      ? []
      : [{ at: pointerOf([...place, index, 'name']), message: `"${name}" is there twice` }],
  );
}
