import { createHmac } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Authentication } from './operation.ts';
import { asHeaderValue, asIs, expand, type Inputs, type TemplateFault } from './templates.ts';

type Headers = Readonly<Record<string, string>>;

/** What a signature is made over: the body as it is sent, else the query string without its "?". */
export interface Signed {
  readonly body: string | null;
  readonly query: string;
}

/**
 * The headers that prove who is calling. For `exchange` the short-lived token has to be among the inputs as
 * `exchanged.token`.
 */
export function authenticationHeaders(
  authentication: Authentication,
  inputs: Inputs,
  signed: Signed,
): Result<Headers, TemplateFault> {
  switch (authentication.kind) {
    case 'none':
      return ok({});
    case 'bearer':
      return expandHeaders({ authorization: `Bearer ${authentication.token}` }, inputs);
    case 'exchange':
      return expandHeaders({ authorization: 'Bearer {exchanged.token}' }, inputs);
    case 'headers':
      return expandHeaders(authentication.headers, inputs);
    case 'basic': {
      const user = expand(authentication.user, inputs, (text) => (text.includes(':') ? null : text));
      if (!user.ok) return user;
      const password = expand(authentication.password, inputs, asIs);
      if (!password.ok) return password;
      const pair = Buffer.from(`${user.value}:${password.value}`).toString('base64');
      return ok({ authorization: `Basic ${pair}` });
    }
    case 'hmac': {
      const headers = expandHeaders(authentication.headers, inputs);
      if (!headers.ok) return headers;
      const { header, key, algorithm, encoding } = authentication.signature;
      const secret = expand(key, inputs, asIs);
      if (!secret.ok) return secret;
      const signature = createHmac(algorithm, secret.value).update(signed.body ?? signed.query);
      return ok({ ...headers.value, [header.toLowerCase()]: signature.digest(encoding) });
    }
  }
}

/** Fills in header templates; names come out in lower case. */
export function expandHeaders(headers: Headers, inputs: Inputs): Result<Headers, TemplateFault> {
  const expanded: Record<string, string> = {};
  for (const [name, template] of Object.entries(headers)) {
    const value = expand(template, inputs, asHeaderValue);
    if (value.ok) expanded[name.toLowerCase()] = value.value;
    else if (value.error.fault === 'unusable' || /^(credential|key|exchanged)\./.test(value.error.name)) {
      return fail(value.error);
    }
  }
  return ok(expanded);
}
