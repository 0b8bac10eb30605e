import { Button } from '../../components/button.tsx';
import { FailureCallout } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';

export interface TargetFailureProps {
  readonly failure: PageFailure;
  /** Leads to the key whose files are concerned. */
  readonly onShowFiles: () => void;
}

/** A failure in words; one about a file of the key leads to where the files are mended. */
export function TargetFailure({ failure, onShowFiles }: TargetFailureProps) {
  const isAboutFile = ('file' in failure && failure.code !== 'storage-failed') || 'variable' in failure;
  return (
    <FailureCallout
      failure={failure}
      action={isAboutFile && <Button onPress={onShowFiles}>Show the key’s files</Button>}
    />
  );
}
