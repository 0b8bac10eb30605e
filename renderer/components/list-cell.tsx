// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be laid out by a virtual list
// biome-ignore-all lint/a11y/useFocusableInteractive: the list holds the focus and tells the active row
import type { ReactNode } from 'react';

export interface CellProps {
  readonly className?: string | undefined;
  /** The whole or exact text, on hover. */
  readonly title?: string | undefined;
  readonly children?: ReactNode;
}

/** One cell of a row of a `VirtualList`. */
export function Cell({ className, title, children }: CellProps) {
  return (
    <span role="gridcell" className={className} title={title}>
      {children}
    </span>
  );
}

export interface ColumnNameProps {
  /** What the column shows, on hover. */
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** The name of a column of a `VirtualList`. */
export function ColumnName({ title, children }: ColumnNameProps) {
  return (
    <span role="columnheader" title={title}>
      {children}
    </span>
  );
}
