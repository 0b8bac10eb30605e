import { api } from '../../api/client.ts';
import { useAppStatus } from '../frame/use-status.ts';

/** Asks for a definition's file with the desktop's own dialog; answers null when none was chosen. Missing where the host has none. */
export function useChooseDefinition(): (() => Promise<string | null>) | undefined {
  const app = useAppStatus();
  return app.state === 'ready' && app.value.host === 'electron' ? choose : undefined;
}

async function choose(): Promise<string | null> {
  const answer = await api.call('files.choose', { title: 'Choose a definition' });
  return answer.ok && answer.value.outcome === 'chosen' ? answer.value.file : null;
}
