import { failure, type ProviderFailure } from '../../shared/domain/failure.ts';
import { fits, type Observed } from './conditions.ts';
import type { Definition } from './definition.ts';
import { textAt } from './pointers.ts';
import { presentable, type Redact } from './redaction.ts';

type Errors = Definition['errors'];
type Meaning = Errors['meanings'][number]['means'];

/** The provider's own words, without any secret; the bare status where there are none. */
export function messageOf(errors: Errors, answer: Observed, redact: Redact): string {
  for (const pointer of errors.messages) {
    const text = textAt(answer.body, pointer);
    if (text !== null) return presentable(text, redact);
  }
  return `HTTP ${answer.status}`;
}

/** What the definition says that this very answer means, whatever its status usually says. */
export function meaningIn({ meanings }: Errors, answer: Observed): Errors['meanings'][number] | undefined {
  return meanings.find(({ when }) => fits(when, answer));
}

/** What an answer that is no success means. */
export function failureOf(
  { errors, preconditions }: Pick<Definition, 'errors' | 'preconditions'>,
  host: string,
  answer: Observed,
  redact: Redact,
  now: number,
): ProviderFailure {
  const message = messageOf(errors, answer, redact);
  const { status } = answer;
  const special = meaningIn(errors, answer);
  switch (special?.means ?? meaningOf(status)) {
    case 'answer-needed':
      return failure('answer-needed', { questions: special?.questions ?? [] });
    case 'credential-rejected':
      return failure('credential-rejected', { host, message });
    case 'permission-lacking':
      return failure('permission-lacking', { host, message });
    case 'provider-not-found':
      return failure('provider-not-found', { host, message });
    case 'provider-throttled':
      return failure('provider-throttled', {
        host,
        retryAfterSeconds: retryAfter(errors, answer.headers, now),
      });
    case 'subscription-needed': {
      const url = preconditions.find((precondition) => precondition.url !== null)?.url ?? null;
      return failure('subscription-needed', { host, message, url });
    }
    case 'key-limit-reached':
      return failure('key-limit-reached', { host, message });
    case 'provider-refused':
      return failure('provider-refused', { host, status, message });
    case 'provider-failed':
      return failure('provider-failed', { host, status, message });
  }
}

function meaningOf(status: number): Meaning | 'provider-failed' {
  if (status === 401) return 'credential-rejected';
  if (status === 402) return 'subscription-needed';
  if (status === 403) return 'permission-lacking';
  if (status === 404) return 'provider-not-found';
  if (status === 429) return 'provider-throttled';
  return status >= 500 ? 'provider-failed' : 'provider-refused';
}

/** Seconds until the provider wants to be asked again, rounded up; null when it does not say. */
export function retryAfter(errors: Errors, headers: Headers, now: number): number | null {
  for (const { header, unit } of [...errors.retryAfter, { header: 'retry-after', unit: 'http' as const }]) {
    const seconds = secondsIn((headers.get(header) ?? '').trim(), unit, now);
    if (seconds !== null) return Math.max(0, Math.ceil(seconds));
  }
  return null;
}

function secondsIn(value: string, unit: Errors['retryAfter'][number]['unit'], now: number): number | null {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : null;
  if (number === null) {
    // A date, and not a number that some reader takes for a year.
    const date = unit === 'http' && /[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(date) ? null : (date - now) / 1000;
  }
  if (unit === 'milliseconds') return number / 1000;
  return unit === 'unix-seconds' ? number - now / 1000 : number;
}
