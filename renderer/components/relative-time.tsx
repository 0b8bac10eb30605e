import { exactTime, relativeTime } from '../text/dates.ts';
import { useNow } from './use-now.ts';

/** An instant as a person says it ("3 days ago"), with the exact one on hover. `at` is in milliseconds since 1970. */
export function RelativeTime({ at }: { readonly at: number }) {
  const shared = useNow();
  // What has just happened is never "in a moment", although the shared clock may be half a minute old.
  const now = at > shared ? Date.now() : shared;
  return (
    <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
      {relativeTime(at, now)}
    </time>
  );
}
