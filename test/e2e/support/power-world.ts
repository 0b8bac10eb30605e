import { existsSync, readFileSync, watch } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openGate } from '../../support/gate.ts';
import { connectToApp, type IpcClient, vaultOpened } from '../../support/ipc-client.ts';
import { startKeyring } from '../../support/keyring.ts';
import { launchApp, type RunningApp } from '../../support/launch-app.ts';
import { startSandboxServer } from './sandbox-server.ts';

export const variable = 'SANDBOX_API_KEY';
export const nothingAsked = {
  scopes: null,
  expiresInDays: null,
  restrictions: { ips: [], referrers: [], endpoints: [] },
};

/** The real app over a real keyring, connected to a sandbox outside of it through a gate; no browser. */
export async function startPowerWorld() {
  const root = await mkdtemp(path.join(tmpdir(), 'keyturn-power-'));
  const dataFolder = path.join(root, 'data');
  const project = path.join(root, 'project');
  await mkdir(project);
  const files = ['.env', 'worker.env'].map((name) => path.join(project, name));
  const sandbox = await startSandboxServer(root);
  const gate = await openGate(sandbox.origin);
  const keyring = await startKeyring({ unlock: true });
  let app: RunningApp | null = null;
  let client: IpcClient | null = null;

  /** Starts the app over what is there, and answers when its vault is open. */
  async function start(): Promise<IpcClient> {
    app = await launchApp({ dataFolder, env: keyring.env as Record<string, string> });
    client = await connectToApp(app.url);
    await vaultOpened(client);
    return client;
  }
  async function stop(): Promise<void> {
    client?.close();
    await app?.kill();
    await Promise.all([gate.stop(), sandbox.stop(), keyring.stop()]);
    await rm(root, { recursive: true, force: true });
  }
  const connect = async () =>
    (await start()).call('connections.add', {
      providerId: 'sandbox',
      name: 'Sandbox outside',
      environment: 'test',
      settings: { url: gate.origin },
      credential: { token: sandbox.token },
    });
  const connection = await connect().catch((cause: unknown) => stop().then(() => Promise.reject(cause)));

  /** Answers as soon as the condition holds, looked at whenever something in the folder changes. */
  function whenChanged(folder: string, isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const watcher = watch(folder, look);
      function look(): void {
        if (!isSo()) return;
        watcher.close();
        resolve();
      }
      look();
    });
  }
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

  return {
    sandbox,
    gate,
    keyring,
    dataFolder,
    files,
    connectionId: connection.id,
    client(): IpcClient {
      if (client === null) throw new Error('The app does not run');
      return client;
    },
    /** The variable's value in each file, as it stands there. */
    values: () => files.map((file) => new RegExp(`^${variable}=(.*)$`, 'm').exec(read(file))?.[1] ?? ''),
    read,
    /** When the journal holds a line with this step. */
    journaled: (step: string) =>
      whenChanged(dataFolder, () =>
        read(path.join(dataFolder, 'journal.jsonl')).includes(`"state":{"step":"${step}"`),
      ),
    /** When a new version of the file is being written beside it. */
    fileBegun: (file: string) =>
      new Promise<void>((resolve) => {
        const watcher = watch(project, (_, name) => {
          if (!String(name).startsWith(`${path.basename(file)}.keyturn-`)) return;
          watcher.close();
          resolve();
        });
      }),
    /** When the file holds another text than now. */
    fileChanged: (file: string) => {
      const before = read(file);
      return whenChanged(project, () => read(file) !== before);
    },
    /** When all that is in the journal has finished. */
    finished: async () => {
      const holdsWork = () => read(path.join(dataFolder, 'journal.jsonl')).includes('"state":');
      await whenChanged(dataFolder, holdsWork);
      await whenChanged(dataFolder, () => !holdsWork());
    },
    /** Ends the app as a power cut would. */
    async cut(): Promise<void> {
      await app?.kill();
      client?.close();
    },
    start,
    stop,
  };
}

export type PowerWorld = Awaited<ReturnType<typeof startPowerWorld>>;
