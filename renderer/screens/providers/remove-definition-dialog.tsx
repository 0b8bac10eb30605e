import type { ProviderSummary } from '../../../shared/domain/provider.ts';
import type { PageFailure } from '../../text/errors.ts';
import { RemoveDialog } from './remove-dialog.tsx';

export interface RemoveDefinitionDialogProps {
  readonly provider: ProviderSummary;
  /** Answers why it is still there; null when it is gone. */
  readonly onRemove: () => Promise<PageFailure | null>;
  readonly onClose: () => void;
}

/** Asks once before a definition of the user's own is forgotten. */
export function RemoveDefinitionDialog({ provider, onRemove, onClose }: RemoveDefinitionDialogProps) {
  return (
    <RemoveDialog
      title={`Remove the definition of ${provider.name}`}
      action="Remove definition"
      onRemove={onRemove}
      onClose={onClose}
    >
      Keyturn forgets how {provider.name} works. The file that it came from stays where it is, and can be
      added again.
    </RemoveDialog>
  );
}
