import { Button } from '../../components/button.tsx';
import { FailureWords } from '../../components/failure-callout.tsx';
import type { PageFailure } from '../../text/errors.ts';
import { followedFileWords, isAboutTarget } from '../../text/targets.ts';

export interface TargetFailureProps {
  readonly failure: PageFailure;
  /** Leads to the key whose files are concerned. */
  readonly onShowFiles: () => void;
}

/** A failure in words; one about a file of the key leads to where the files are mended. */
export function TargetFailure({ failure, onShowFiles }: TargetFailureProps) {
  return (
    <FailureWords
      words={followedFileWords(failure)}
      action={isAboutTarget(failure) && <Button onPress={onShowFiles}>Show the key’s files</Button>}
    />
  );
}
