import type { ReactNode } from 'react';
import { type PageFailure, words } from '../text/errors.ts';
import { Callout } from './callout.tsx';

export interface FailureCalloutProps {
  readonly failure: PageFailure;
  /** The next step as a button, where there is one. */
  readonly action?: ReactNode;
}

/** A failure in words: what happened, what was and was not changed, and what to do now. Read out when it appears. */
export function FailureCallout({ failure, action }: FailureCalloutProps) {
  const { title, body, next } = words(failure);
  return (
    <Callout tone="danger" title={title} isNews action={action}>
      {body}
      {next !== undefined && <> {next}</>}
    </Callout>
  );
}
