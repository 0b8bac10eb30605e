import { api } from '../../api/client.ts';
import { useAppStatus } from '../frame/use-status.ts';

/** Asks for a file with the desktop's own dialog; answers null when none was chosen. Missing where the host has none. */
export function useChooseFile(): (() => Promise<string | null>) | undefined {
  const app = useAppStatus();
  return app.state === 'ready' && app.value.host === 'electron' ? chooseFile : undefined;
}

async function chooseFile(): Promise<string | null> {
  const answer = await api.call('files.choose', { title: 'Choose an .env file' });
  return answer.ok && answer.value.outcome === 'chosen' ? answer.value.file : null;
}
