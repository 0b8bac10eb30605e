import type { ReactNode } from 'react';
import { type PageFailure, type Words, words } from '../text/errors.ts';
import { Callout } from './callout.tsx';

export interface FailureCalloutProps {
  readonly failure: PageFailure;
  /** The next step as a button, where there is one. */
  readonly action?: ReactNode;
}

/** A failure in words: what happened, what was and was not changed, and what to do now. Read out when it appears. */
export function FailureCallout({ failure, action }: FailureCalloutProps) {
  return <FailureWords words={words(failure)} action={action} />;
}

export interface FailureWordsProps {
  readonly words: Words;
  readonly action?: ReactNode;
}

/** The same for a failure that has words of its own where it happened. */
export function FailureWords({ words: { title, body, next }, action }: FailureWordsProps) {
  return (
    <Callout tone="danger" title={title} isNews action={action}>
      {body}
      {next !== undefined && <> {next}</>}
    </Callout>
  );
}
