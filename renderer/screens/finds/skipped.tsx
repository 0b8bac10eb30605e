import { count } from '../../text/dates.ts';
import { pathWithin } from '../../text/finds.ts';
import { LeftOut } from './left-out.tsx';

export interface SkippedProps {
  readonly folder: string;
  /** The reasons are words already, without a full stop. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
}

/** What could not be searched and why. Nothing where everything was. */
export function Skipped({ folder, skipped }: SkippedProps) {
  return (
    <LeftOut
      title={`${count(skipped.length, 'place')} could not be searched`}
      label="Not searched"
      items={skipped.map(({ file, reason }) => ({
        id: `${file} ${reason}`,
        what: pathWithin(folder, file),
        reason,
      }))}
      isPath
    />
  );
}
