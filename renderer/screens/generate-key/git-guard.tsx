import { useState } from 'react';
import type { Environment } from '../../../shared/domain/key.ts';
import { Button } from '../../components/button.tsx';
import { Callout } from '../../components/callout.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import { TextField } from '../../components/text-field.tsx';
import { confirmTrackedLabel, gitWords } from '../../text/git-standing.ts';
import styles from './target-fields.module.css';
import type { Inspection } from './use-file-inspections.ts';

export interface GitGuardProps {
  readonly inspection: Extract<Inspection, { state: 'seen' }>;
  /** null while it is not known. */
  readonly environment: Environment | null;
  readonly onIgnore: () => void;
}

/** How the file stands with Git, where that is not as it should be, and what mends it. */
export function GitGuard({ inspection, environment, onIgnore }: GitGuardProps) {
  const { file, ignoring } = inspection;
  if (ignoring.step === 'done') {
    return (
      <Callout isNews tone="done" title="Git ignores this file now">
        {ignoring.line === '' ? (
          'A line for it was there already.'
        ) : (
          <>
            <span className="mono">{ignoring.line}</span> was added to{' '}
            <span className={styles.path}>{ignoring.gitignore}</span>.
          </>
        )}
      </Callout>
    );
  }
  const words = gitWords(file.git, environment);
  if (words === null) return null;
  const canIgnore = file.git.state === 'not-ignored' && file.git.ignoreLine !== null;
  return (
    <>
      <Callout
        tone={words.tone}
        title={words.title}
        action={
          canIgnore && (
            <Button isPending={ignoring.step === 'running'} onPress={onIgnore}>
              Add to .gitignore
            </Button>
          )
        }
      >
        {words.text}
      </Callout>
      {ignoring.step === 'failed' && <FailureCallout failure={ignoring.failure} />}
    </>
  );
}

export interface ConfirmTrackedProps {
  /** Whether it is known beforehand that the name is needed. */
  readonly isNeeded: boolean;
  /** The key's name; empty while it has none. */
  readonly keyName: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (name: string) => void;
}

/** Asks for the key's name before a live key goes into a file that Git tracks: where that is known, or was answered. */
export function ConfirmTracked({ isNeeded, keyName, value, error, onChange }: ConfirmTrackedProps) {
  const [wasAsked, setAsked] = useState(false);
  if (error !== undefined && !wasAsked) setAsked(true);
  if (!isNeeded && !wasAsked) return null;
  return (
    <TextField
      label={confirmTrackedLabel}
      value={value}
      onChange={onChange}
      help={
        keyName.trim() === '' ? 'The name that the key has above.' : `The key’s name is “${keyName.trim()}”.`
      }
      error={error}
    />
  );
}
