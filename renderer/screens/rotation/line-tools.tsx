import { ChevronsDownUp, ChevronsUpDown, ZoomIn, ZoomOut } from 'lucide-react';
import { memo } from 'react';
import { Button } from '../../components/button.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { SegmentedControl } from '../../components/segmented-control.tsx';
import styles from './time-line.module.css';
import { namedZooms, zoomBy } from './zoom.ts';

export interface LineToolsProps {
  /** The days in view where they have a name; null between those. */
  readonly days: number | null;
  /** Zooms to what `next` makes of the days in view, around their middle. */
  readonly onZoom: (next: (days: number) => number) => void;
  /** Shows what comes from today on: so many days of it, or as many as before. */
  readonly onToday: (days?: number) => void;
  readonly areAllFolded: boolean;
  readonly onFoldAll: () => void;
  readonly isFoldable: boolean;
}

/** The buttons above the line. Drawn anew only when they change, not with every turn of the wheel. */
export const LineTools = memo(function LineTools(props: LineToolsProps) {
  const { days, onZoom, onToday, areAllFolded, onFoldAll, isFoldable } = props;
  return (
    <div className={styles.tools}>
      {isFoldable && (
        <Button
          variant="quiet"
          size="small"
          icon={areAllFolded ? ChevronsUpDown : ChevronsDownUp}
          onPress={onFoldAll}
        >
          {areAllFolded ? 'Unfold providers' : 'Fold providers'}
        </Button>
      )}
      <span className={styles.filler} />
      <Button variant="quiet" size="small" onPress={() => onToday()}>
        Today
      </Button>
      <IconButton
        label="Zoom out"
        icon={ZoomOut}
        size="small"
        onPress={() => onZoom((before) => zoomBy(before, -1))}
      />
      <IconButton
        label="Zoom in"
        icon={ZoomIn}
        size="small"
        onPress={() => onZoom((before) => zoomBy(before, 1))}
      />
      <SegmentedControl
        label="Time in view"
        isLabelHidden
        options={zoomOptions}
        value={String(days)}
        onChange={(value) => onToday(Number(value))}
      />
    </div>
  );
});

const zoomOptions = namedZooms.map((zoom) => ({ value: String(zoom.days), label: zoom.label }));
