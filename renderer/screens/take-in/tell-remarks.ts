import type { TargetRemark } from '../../../shared/domain/work.ts';
import { notify } from '../../app-state.ts';
import { remarkLines } from '../../text/targets.ts';

/** Says what there is to tell of the files that a key was written to as it was taken in; nothing where there is nothing. */
export function tellRemarks(remarks: readonly TargetRemark[] = []): void {
  if (remarks.length > 0) notify('attention', ['Written and read back.', ...remarkLines(remarks)].join(' '));
}
