import { z } from 'zod';
import { environmentSchema } from '../../shared/domain/key.ts';
import {
  authenticationSchema,
  conditionSchema,
  headerNameSchema,
  headersSchema,
  operationsSchema,
  templateSchema,
  usageSchema,
} from './operation.ts';
import { patternFault } from './pattern-check.ts';
import { pointerSchema } from './pointers.ts';

const nameSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'is not a name: letters, digits, "_" and "-"')
  .refine((name) => !(name in {}), 'is a name that every object has already');

/** One thing to ask the user; the answer is named in templates by where it is asked and its own name. */
const questionSchema = z.strictObject({
  name: nameSchema,
  label: z.string().min(1),
  kind: z.enum(['text', 'url', 'secret', 'choice']).default('text'),
  required: z.boolean().default(true),
  help: z.string().default(''),
  placeholder: z.string().default(''),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })).default([]),
});

/** A call that lists what may be chosen. */
const optionsFromSchema = z.strictObject({
  path: templateSchema,
  items: pointerSchema,
  value: pointerSchema,
  label: pointerSchema,
});

const settingSchema = z.strictObject({
  ...questionSchema.shape,
  /** A call with the management credential that lists what may be chosen. What it does not list can be typed. */
  optionsFrom: optionsFromSchema.optional(),
});

const askedAtCallSchema = z.strictObject({
  ...questionSchema.shape,
  /** The operations that need the answer. */
  at: z.array(z.enum(['create', 'list', 'revoke', 'rotate'])).min(1),
});

const hostSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), url: z.string() }),
  /** One of several, by the answer to a setting. */
  z.strictObject({ kind: z.literal('choice'), setting: z.string(), urls: z.record(z.string(), z.string()) }),
  /** The address of the user's own instance, as typed. */
  z.strictObject({ kind: z.literal('asked'), setting: z.string() }),
  /** Built from settings, each of which fills one label of the host name, left of the last two, or one segment of the path. */
  z.strictObject({ kind: z.literal('template'), url: templateSchema }),
  z.strictObject({ kind: z.literal('by-environment'), test: z.string(), live: z.string() }),
  /** Bound to how a field of the credential begins. */
  z.strictObject({
    kind: z.literal('by-prefix'),
    credential: z.string(),
    urls: z.record(z.string().min(1), z.string()),
  }),
]);
export type HostDefinition = z.infer<typeof hostSchema>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** How values begin: in one way, or in any of several. */
const beginningsSchema = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'must be a text that is not empty, or a list of such texts',
});

const fieldSchema = z.strictObject({
  name: nameSchema,
  label: z.string().min(1),
  secret: z.boolean(),
  /** The variable proposed for `.env` files. */
  variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'is not a variable name'),
  /** How the value begins in each environment; a key of the other one is refused without asking the provider. */
  prefix: z.strictObject({ test: beginningsSchema, live: beginningsSchema }).optional(),
  /** What a whole value usually looks like. Helps to say why a key is refused, and never refuses one itself. */
  pattern: z
    .string()
    .max(200)
    .superRefine((pattern, { addIssue }) => {
      const fault = isPattern(pattern) ? patternFault(pattern) : 'is not a regular expression';
      if (fault !== null) addIssue({ code: 'custom', message: fault });
    })
    .optional(),
});

const creationSchema = z.strictObject({
  nameMaxLength: z.int().min(16).max(1000),
  /** `slug`: the provider takes small letters, digits and hyphens only, and a name is written that way. */
  nameStyle: z.enum(['text', 'slug']).default('text'),
  /** How many living keys an account may have, where the provider says so. */
  maxKeys: z.int().positive().optional(),
  scopes: z
    .strictObject({
      options: z.array(z.strictObject({ value: z.string(), label: z.string() })).default([]),
      /** A call with the management credential that lists the scopes, beside those that are written here. */
      optionsFrom: optionsFromSchema.optional(),
      /** What leaving them out means, in words. */
      whenOmitted: z.string().min(1),
    })
    .optional(),
  expiry: z
    .strictObject({ maxDays: z.int().positive().nullable(), whenOmitted: z.string().min(1) })
    .optional(),
  restrictions: z.array(z.enum(['ips', 'referrers', 'endpoints'])).default([]),
});

const errorsSchema = z.strictObject({
  /** Where the provider's own words may stand; the first that is there is taken. */
  messages: z.array(pointerSchema).default([]),
  /** Headers that say when to try again, besides `retry-after`. */
  retryAfter: z
    .array(
      z.strictObject({
        header: headerNameSchema,
        unit: z.enum(['seconds', 'milliseconds', 'unix-seconds', 'http']),
      }),
    )
    .default([]),
  /** Where this provider means something other than its status says. The first that fits decides. */
  meanings: z
    .array(
      z.strictObject({
        when: conditionSchema,
        means: z.enum([
          'credential-rejected',
          'permission-lacking',
          'provider-not-found',
          'provider-throttled',
          'provider-refused',
          'answer-needed',
          'subscription-needed',
          'key-limit-reached',
        ]),
        /** For `answer-needed`: the questions to ask. */
        questions: z.array(z.string()).default([]),
      }),
    )
    .default([]),
});

/** The shape of a definition; `loadDefinition` also checks that its parts fit together. */
export const definitionSchema = z.strictObject({
  /** Where editors find the JSON Schema of this format; not looked at. */
  $schema: z.string().optional(),
  format: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'is not an id: lower-case letters, digits and "-"'),
  name: z.string().min(1).max(60),
  description: z.string().max(300).default(''),
  website: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  /** Where the user does by hand what the provider does not offer by HTTP. */
  dashboard: z
    .strictObject({
      /** The page for keys; a template may begin with a setting that is an address, for the user's own instance. */
      url: templateSchema,
      /** How a key is made there, step by step, in the words that stand on that page. */
      create: z.array(z.string().min(1)).default([]),
      revoke: z.array(z.string().min(1)).default([]),
    })
    .nullable()
    .default(null),
  /** What an account needs before it gets a key, such as a plan, and the page where that is had. */
  preconditions: z
    .array(
      z.strictObject({
        text: z.string().min(1),
        url: z
          .url({ protocol: /^https$/ })
          .nullable()
          .default(null),
      }),
    )
    .default([]),
  /** What the provider recommends about its keys, a sentence each. */
  advice: z.array(z.string().min(1)).default([]),
  /** How often the provider recommends to rotate, in days. */
  recommendedDays: z.int().positive().max(3650).nullable().default(null),
  environments: z.array(environmentSchema).min(1),
  hosts: z.record(nameSchema, hostSchema),
  settings: z.array(settingSchema).default([]),
  credential: z.array(questionSchema).default([]),
  askedAtCall: z.array(askedAtCallSchema).default([]),
  authentication: authenticationSchema,
  /** Sent with every request, such as a version or the account that it is for. */
  headers: headersSchema.default({}),
  fields: z.array(fieldSchema).min(1),
  creation: creationSchema,
  operations: operationsSchema,
  /** A request as the user's own code makes it, for the usage snippets; without it, the one of `check` is shown. */
  usage: usageSchema.optional(),
  errors: errorsSchema.default({ messages: [], retryAfter: [], meanings: [] }),
  /** How long one request may take. */
  timeLimitSeconds: z.int().min(1).max(120).default(30),
});

/** A definition as it is written down. */
export type DefinitionData = z.input<typeof definitionSchema>;
/** The parts of a definition, before they have been checked against each other. */
export type DefinitionParts = z.output<typeof definitionSchema>;

declare const loaded: unique symbol;
/** A definition that `loadDefinition` has found whole; there is no other way to get one. */
export type Definition = DefinitionParts & { readonly [loaded]: true };
