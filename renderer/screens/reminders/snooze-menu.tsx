import { AlarmClock, AlarmClockOff, CalendarDays } from 'lucide-react';
import type { KeyId } from '../../../shared/domain/ids.ts';
import { openDialog } from '../../app-state.ts';
import { Button, type ButtonProps } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { useNow } from '../../components/use-now.ts';
import { isoDayIn } from '../../text/dates.ts';
import { snooze } from './snooze.ts';

export interface SnoozeMenuProps extends Pick<ButtonProps, 'size' | 'variant' | 'aria-describedby'> {
  readonly keyIds: readonly KeyId[];
  /** Whether one of them is snoozed, so that ending it is offered. */
  readonly isSnoozed?: boolean;
  /** Called when a length was chosen; not for the day that is still to be chosen. */
  readonly onChosen?: () => void;
  /** Called when the day is about to be asked for, in a dialog of its own. */
  readonly onAskDay?: () => void;
}

const lengths = [
  { id: 'tomorrow', label: 'Until tomorrow', days: 1 },
  { id: 'three-days', label: 'For 3 days', days: 3 },
  { id: 'week', label: 'For 1 week', days: 7 },
] as const;

/** Puts keys off: nothing is said about them until the day that is chosen. */
export function SnoozeMenu({ keyIds, isSnoozed, onChosen, onAskDay, ...button }: SnoozeMenuProps) {
  const now = useNow();
  const until = (day: string | null) => {
    onChosen?.();
    void snooze(keyIds, day, now);
  };
  return (
    <Menu
      label="Snooze"
      trigger={<Button {...button}>Snooze</Button>}
      entries={[
        ...lengths.map(({ id, label, days }) => ({
          id,
          label,
          icon: AlarmClock,
          onAction: () => until(isoDayIn(days, now)),
        })),
        {
          id: 'day',
          label: 'Until a day you choose…',
          icon: CalendarDays,
          onAction: () => {
            onAskDay?.();
            openDialog({ kind: 'snooze', keyIds });
          },
        },
        ...(isSnoozed === true
          ? [{ id: 'end', label: 'End the snooze', icon: AlarmClockOff, onAction: () => until(null) }]
          : []),
      ]}
    />
  );
}
