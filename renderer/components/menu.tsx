import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { cx } from './cx.ts';
import popover from './popover.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

export interface MenuProps {
  readonly label: string;
  /** The button that opens it: a `Button` or an `IconButton`. */
  readonly trigger: ReactElement;
  readonly entries: readonly MenuEntry[];
}

/** Actions that are not needed often enough to stand in the open. */
export function Menu({ label, trigger, entries }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover offset={4} placement="bottom end" className={cx(popover.popover)}>
        <AriaMenu aria-label={label} className={cx(popover.list)}>
          {entries.map(({ id, label: words, icon: Icon, isDanger, isDisabled, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              isDisabled={isDisabled === true}
              onAction={onAction}
              className={cx(popover.item, isDanger === true && popover.danger)}
            >
              {Icon !== undefined && <Icon aria-hidden className={popover.icon} />}
              <span className={popover.words}>{words}</span>
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
