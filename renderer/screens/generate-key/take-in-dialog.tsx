import { Dialog } from '../../components/dialog.tsx';

/** Takes in a key that exists already. */
export function TakeInDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Take in a key" isOpen onClose={onClose}>
      {null}
    </Dialog>
  );
}
