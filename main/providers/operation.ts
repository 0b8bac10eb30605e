import { z } from 'zod';
import { pagerSchema } from './pagers.ts';
import { pointerSchema } from './pointers.ts';
import { timeFormatSchema } from './times.ts';
import { valueSourceSchema } from './values.ts';

/** Text with `{names}` in it; which names it may use is checked when the definition is loaded. */
export const templateSchema = z.string();

/** The name of a header (RFC 9110). */
export const headerNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'is not a name that a header can have');

/** Headers that belong to the connection, and are written by whoever keeps it. */
const ofTransport =
  /^(connection|content-length|expect|host|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/i;

/** Headers by name. */
export const headersSchema = z.record(
  headerNameSchema.refine((name) => !ofTransport.test(name), 'is a header that the app writes by itself'),
  templateSchema.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'holds characters that a header cannot carry'),
);
const fieldsSchema = z.record(
  z.string(),
  z.union([templateSchema, valueSourceSchema], { error: 'must be a text, or an object with "$value"' }),
);
const statusSchema = z.int().min(100).max(599);

const bodySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('empty-object') }),
  z.strictObject({ kind: z.literal('json'), value: z.json() }),
  z.strictObject({ kind: z.literal('form'), fields: fieldsSchema }),
  z.strictObject({ kind: z.literal('multipart'), fields: fieldsSchema }),
]);

const requestShape = {
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** One of the definition's hosts. */
  host: z.string().default('api'),
  path: templateSchema,
  query: fieldsSchema.default({}),
  headers: headersSchema.default({}),
  body: bodySchema.default({ kind: 'none' }),
  success: z.array(statusSchema).min(1).default([200]),
};

/** One HTTP request, as data. */
export const requestSchema = z.strictObject(requestShape);
export type RequestDefinition = z.infer<typeof requestSchema>;

/** How a call proves who is calling. */
export const authenticationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('bearer'), token: templateSchema }),
  z.strictObject({ kind: z.literal('headers'), headers: headersSchema }),
  z.strictObject({ kind: z.literal('basic'), user: templateSchema, password: templateSchema }),
  /** A first call answers a short-lived bearer token, which is kept in memory until it expires. */
  z.strictObject({
    kind: z.literal('exchange'),
    request: requestSchema,
    token: pointerSchema,
    expiresInSeconds: pointerSchema.optional(),
  }),
  /** Signs the exact bytes of the body, or the query string of a request without one. */
  z.strictObject({
    kind: z.literal('hmac'),
    headers: headersSchema.default({}),
    signature: z.strictObject({
      header: headerNameSchema,
      key: templateSchema,
      algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
      encoding: z.enum(['hex', 'base64']).default('hex'),
    }),
  }),
]);
export type Authentication = z.infer<typeof authenticationSchema>;

/** Something to recognise in an answer: one of the statuses, and the field and header when they are named. */
export const conditionSchema = z.strictObject({
  status: z.array(statusSchema).min(1),
  field: z
    .strictObject({
      at: pointerSchema,
      /** Without it, it is enough that there is something other than null. */
      is: z
        .array(
          z.union([z.string(), z.number(), z.boolean()], {
            error: 'must be a text, a number, true or false',
          }),
        )
        .optional(),
    })
    .optional(),
  header: z.strictObject({ name: headerNameSchema, contains: z.string() }).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** Where an instant stands and how it is written. */
export const timeSchema = z.strictObject({ at: pointerSchema, format: timeFormatSchema });
export type TimeMapping = z.infer<typeof timeSchema>;

/** What is shown of a listed key in place of its value. */
export const maskedSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('last-four'), at: pointerSchema, prefix: pointerSchema.optional() }),
  z.strictObject({ kind: z.literal('prefix-suffix'), prefix: pointerSchema, suffix: pointerSchema }),
  /** A label or a value that the provider cut. What does not look cut is cut here. */
  z.strictObject({ kind: z.literal('label'), at: pointerSchema }),
]);
export type MaskedMapping = z.infer<typeof maskedSchema>;

const createSchema = z.strictObject({
  ...requestShape,
  response: z.strictObject({
    id: pointerSchema,
    /** The id of the key is its value. */
    idIsSecret: z.boolean().default(false),
    fields: z.record(z.string(), pointerSchema),
    issuedAt: timeSchema.optional(),
    expiresAt: timeSchema.optional(),
  }),
});

const listSchema = z.strictObject({
  ...requestShape,
  pager: pagerSchema.default({ kind: 'none' }),
  response: z.strictObject({
    items: pointerSchema,
    id: pointerSchema,
    /** The id of a key is its value, which then never leaves the client: a fingerprint stands for it. */
    idIsSecret: z.boolean().default(false),
    /** `always`: every key is listed under the very name it was created with, so that a lost one can be found by it. */
    name: z.strictObject({ at: pointerSchema, always: z.boolean() }).optional(),
    masked: maskedSchema.optional(),
    createdAt: timeSchema.optional(),
    lastUsedAt: timeSchema.optional(),
    active: z
      .strictObject({
        at: pointerSchema,
        is: z.array(
          z.union([z.string(), z.boolean(), z.null()], { error: 'must be a text, true, false or null' }),
        ),
      })
      .optional(),
  }),
});
export type ListResponse = z.infer<typeof listSchema>['response'];

const revokeSchema = z.strictObject({
  ...requestShape,
  /** Statuses that say that the provider does not know the key any more. */
  alreadyGone: z.array(statusSchema).default([404]),
  /** How long the provider may go on accepting a revoked key. */
  settlesWithinSeconds: z.int().min(1).max(120).optional(),
});

const checkSchema = z.strictObject({
  ...requestShape,
  authentication: authenticationSchema,
  /** The first that fits decides; an answer that none fits is a failure. */
  verdicts: z
    .array(
      z.strictObject({
        when: conditionSchema,
        outcome: z.enum(['valid', 'valid-but-limited', 'refused']),
        /** Of a refusal, where the answer tells the reason. */
        why: z.enum(['revoked', 'expired', 'mistyped', 'wrong-environment']).optional(),
      }),
    )
    .min(1),
});

/** A request as the user's code makes it with an issued key. */
export const usageSchema = z.strictObject({ ...requestShape, authentication: authenticationSchema });
export type Usage = z.infer<typeof usageSchema>;

/** The provider replaces a key's value by itself. */
const rotateSchema = z.strictObject({
  ...requestShape,
  /** How long the old value goes on. `asked`: as long as `{request.graceSeconds}` says, up to a maximum. */
  grace: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('fixed'), seconds: z.int().positive() }),
      z.strictObject({ kind: z.literal('asked'), maxSeconds: z.int().positive() }),
    ])
    .default({ kind: 'none' }),
  response: z.strictObject({
    /** Without it, the key keeps its id. */
    id: pointerSchema.optional(),
    fields: z.record(z.string(), pointerSchema),
    issuedAt: timeSchema.optional(),
    expiresAt: timeSchema.optional(),
  }),
});

/** What a provider can be asked by HTTP. Each may be missing; then the user does it in the dashboard. */
export const operationsSchema = z.strictObject({
  create: createSchema.optional(),
  list: listSchema.optional(),
  revoke: revokeSchema.optional(),
  check: checkSchema.optional(),
  rotate: rotateSchema.optional(),
  /** A harmless call by which the management credential is tried; without it, the list is read. */
  probe: z
    .strictObject({
      ...requestShape,
      verdict: conditionSchema.optional(),
      /** Where the answer tells the id under which the list shows the management credential itself. */
      ownKeyId: pointerSchema.optional(),
    })
    .optional(),
});
export type Operations = z.infer<typeof operationsSchema>;
