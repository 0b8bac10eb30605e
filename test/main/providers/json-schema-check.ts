type Schema = Readonly<Record<string, unknown>>;

/**
 * The places at which a value is not what a JSON Schema says, for the words that the schema of the format uses. A word
 * that is not known here throws, so that none is passed over.
 */
export function schemaFaults(root: Schema, value: unknown): string[] {
  const known = new Set([
    ...['$schema', 'title', 'description', 'default', '$defs', 'format', 'id'],
    ...['$ref', 'anyOf', 'oneOf', 'allOf', 'const', 'enum', 'type', 'pattern', 'minLength', 'maxLength'],
    ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'items', 'minItems', 'properties'],
    ...['required', 'additionalProperties', 'propertyNames'],
  ]);

  const check = (schema: Schema | boolean, json: unknown, place: string): string[] => {
    if (typeof schema === 'boolean') return schema ? [] : [place];
    const strange = Object.keys(schema).find((word) => !known.has(word));
    if (strange !== undefined) throw new Error(`The check does not know "${strange}"`);
    const fits = (one: Schema) => check(one, json, place).length === 0;
    const { $ref, anyOf, oneOf, allOf, type, pattern, items, properties, required } = schema;
    const faults: string[] = [];
    const need = (isRight: boolean) => {
      if (!isRight) faults.push(place);
    };
    if (typeof $ref === 'string') faults.push(...check(resolve(root, $ref), json, place));
    if (Array.isArray(anyOf)) need(anyOf.some(fits));
    if (Array.isArray(oneOf)) need(oneOf.filter(fits).length === 1);
    for (const one of Array.isArray(allOf) ? allOf : []) faults.push(...check(one, json, place));
    if ('const' in schema) need(schema.const === json);
    if (Array.isArray(schema.enum)) need(schema.enum.includes(json));
    if (typeof type === 'string') need(isOfType(json, type));
    if (typeof json === 'string') {
      if (typeof pattern === 'string') need(new RegExp(pattern, 'u').test(json));
      need(json.length >= Number(schema.minLength ?? 0));
      need(json.length <= Number(schema.maxLength ?? Number.POSITIVE_INFINITY));
    }
    if (typeof json === 'number') {
      need(json >= Number(schema.minimum ?? Number.NEGATIVE_INFINITY));
      need(json > Number(schema.exclusiveMinimum ?? Number.NEGATIVE_INFINITY));
      need(json <= Number(schema.maximum ?? Number.POSITIVE_INFINITY));
    }
    if (Array.isArray(json)) {
      need(json.length >= Number(schema.minItems ?? 0));
      if (items !== undefined) {
        faults.push(...json.flatMap((item, index) => check(items as Schema, item, `${place}/${index}`)));
      }
    } else if (typeof json === 'object' && json !== null) {
      const members = (properties ?? {}) as Readonly<Record<string, Schema>>;
      for (const name of Array.isArray(required) ? required : []) need(Object.hasOwn(json, name));
      for (const [name, member] of Object.entries(json)) {
        const inside = `${place}/${name}`;
        const own = Object.hasOwn(members, name) ? members[name] : schema.additionalProperties;
        if (own !== undefined) faults.push(...check(own as Schema | boolean, member, inside));
        if (schema.propertyNames !== undefined)
          faults.push(...check(schema.propertyNames as Schema, name, inside));
      }
    }
    return faults;
  };
  return check(root, value, '');
}

function resolve(root: Schema, reference: string): Schema {
  const steps = reference
    .replace(/^#\/?/, '')
    .split('/')
    .filter((step) => step !== '');
  return steps.reduce<unknown>((at, step) => (at as Schema)[step], root) as Schema;
}

function isOfType(json: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return json === null;
    case 'array':
      return Array.isArray(json);
    case 'object':
      return typeof json === 'object' && json !== null && !Array.isArray(json);
    case 'integer':
      return Number.isInteger(json);
    default:
      return typeof json === type;
  }
}
