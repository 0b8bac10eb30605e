import { Callout } from '../../components/callout.tsx';
import { count } from '../../text/dates.ts';

/** After how many files a search was stopped. */
export const stoppedWords = (files: number): string => `Stopped after ${count(files, 'file')}`;

/** That a search was stopped before its end. */
export function Stopped({ files }: { readonly files: number }) {
  return (
    <Callout tone="info" isNews title={stoppedWords(files)}>
      What was found by then is here. The rest of the folder was not searched.
    </Callout>
  );
}
