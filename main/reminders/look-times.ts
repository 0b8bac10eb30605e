import type { Calendar } from '../../shared/domain/calendar.ts';
import type { QuietHours } from '../../shared/domain/settings.ts';
import { createJumpWatch } from '../clock.ts';
import { isQuiet } from './quiet-hours.ts';

export interface LookTimesOptions {
  readonly now: () => number;
  /** Milliseconds on a clock that nobody sets. */
  readonly steady: () => number;
  /** The calendar of the zone that the machine is in at this moment; another one only where the zone has changed. */
  readonly calendar: () => Calendar;
  readonly quietHours: () => QuietHours | null;
  readonly look: () => void;
  /** The machine is in another zone. */
  readonly zoneChanged: () => void;
}

/** When it is looked at what is due. */
export interface LookTimes {
  /** The vault is open or known to be locked: from now on there is something to look at. */
  begin(): void;
  /** Something has changed that may bear on what is due: looks in two seconds, once for all that change until then. */
  changed(): void;
  /** The machine woke. */
  woke(): void;
  /** To be called several times a minute, at times that mean nothing. */
  tick(): void;
  stop(): void;
}

const hourMs = 3_600_000;
const soonMs = 2_000;

/**
 * [Note: when it is looked]
 * No timer runs to a due day: it would not survive a restart, sleep or a change of the clock, and one of 25 days or more
 * fires at once. Instead every tick asks whether there is a reason to look: an hour has passed since the last time, a new
 * day has begun, the quiet hours are over, the zone or the clock is another one. A clock that jumped holds every look
 * until a tick sees it run evenly again, so that one that is put right at once has announced nothing.
 */
export function createLookTimes(options: LookTimesOptions): LookTimes {
  const { now, steady } = options;
  const hasJumped = createJumpWatch(now, steady);
  let hasBegun = false;
  let isWanted = false;
  let isHeld = false;
  let soon: NodeJS.Timeout | null = null;
  /** How it was at the last look. */
  let last = { at: Number.NEGATIVE_INFINITY, day: Number.NaN, isQuiet: false };
  let calendar = options.calendar();

  function present(): typeof last {
    const { dayOf, minuteOf } = calendar;
    return {
      at: steady(),
      day: dayOf(now()),
      isQuiet: isQuiet(options.quietHours(), minuteOf(now())),
    };
  }

  function hasReason(next: typeof last): boolean {
    return (
      isWanted || next.at - last.at >= hourMs || next.day !== last.day || (last.isQuiet && !next.isQuiet)
    );
  }

  function lookIfDue(): void {
    const here = options.calendar();
    if (here !== calendar) {
      calendar = here;
      isWanted = true;
      options.zoneChanged();
    }
    const next = present();
    if (!hasBegun || isHeld || !hasReason(next)) return;
    last = next;
    isWanted = false;
    options.look();
  }

  /** Looks for a reason that came between two ticks. */
  function lookFor(): void {
    isWanted = true;
    isHeld ||= hasJumped();
    lookIfDue();
  }

  function lookSoon(): void {
    soon ??= setTimeout(() => {
      soon = null;
      lookFor();
    }, soonMs);
  }

  return {
    begin() {
      hasBegun = true;
      lookSoon();
    },
    changed: lookSoon,
    woke: lookFor,
    tick() {
      isHeld = hasJumped();
      if (isHeld) isWanted = true;
      lookIfDue();
    },
    stop() {
      hasBegun = false;
      if (soon !== null) clearTimeout(soon);
    },
  };
}
