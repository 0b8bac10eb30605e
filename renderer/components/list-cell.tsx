// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be laid out by a virtual list
// biome-ignore-all lint/a11y/useFocusableInteractive: the list holds the focus and tells the active row
import type { ReactNode } from 'react';
import type { Environment } from '../../shared/domain/key.ts';
import { EnvironmentBadge } from './badge.tsx';
import { cx } from './cx.ts';
import styles from './list-cell.module.css';

export interface CellProps {
  readonly className?: string | undefined;
  /** The whole or exact text, on hover. */
  readonly title?: string | undefined;
  /** How many columns it takes up; one without it. */
  readonly span?: number;
  readonly children?: ReactNode;
}

/** One cell of a row of a `VirtualList`. */
export function Cell({ className, title, span, children }: CellProps) {
  const spanning = span === undefined ? {} : { 'aria-colspan': span, style: { gridColumn: `span ${span}` } };
  return (
    <span role="gridcell" className={className} title={title} {...spanning}>
      {children}
    </span>
  );
}

/** A cell of words, cut off where there is no room for all. `isQuiet`: what is not looked for first. */
export function TextCell({
  className,
  isQuiet = false,
  ...rest
}: CellProps & { readonly isQuiet?: boolean }) {
  return <Cell {...rest} className={cx(styles.text, isQuiet && styles.quiet, className)} />;
}

/** The cell that says in which environment a key works; empty where nobody knows. */
export function EnvironmentCell({ environment }: { readonly environment: Environment | null }) {
  return (
    <Cell className={styles.badge}>
      {environment !== null && <EnvironmentBadge environment={environment} />}
    </Cell>
  );
}

/** The cell at the end of a row, for its buttons. */
export function ActionsCell(props: Pick<CellProps, 'span' | 'children'>) {
  return <Cell {...props} className={styles.actions} />;
}

export interface ColumnNamesProps {
  readonly names: readonly string[];
  /** Of these, those whose cells say by themselves what they are. */
  readonly unnamed: ReadonlySet<string>;
  /** What a column shows, on hover. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** The names of the columns of a `VirtualList`. */
export function ColumnNames({ names, unnamed, titles = {} }: ColumnNamesProps) {
  return names.map((name) => (
    <span key={name} role="columnheader" title={titles[name]}>
      {unnamed.has(name) ? <span className="hidden-words">{name}</span> : name}
    </span>
  ));
}
