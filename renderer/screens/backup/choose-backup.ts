import { api } from '../../api/client.ts';
import { useAppStatus } from '../frame/use-status.ts';

/** Asks for an existing backup with the desktop's own dialog; answers null when none was chosen. Missing where the host has none. */
export function useChooseBackup(): (() => Promise<string | null>) | undefined {
  const app = useAppStatus();
  return app.state === 'ready' && app.value.host === 'electron' ? chooseBackup : undefined;
}

async function chooseBackup(): Promise<string | null> {
  const answer = await api.call('files.choose', { title: 'Choose a backup' });
  return answer.ok && answer.value.outcome === 'chosen' ? answer.value.file : null;
}
