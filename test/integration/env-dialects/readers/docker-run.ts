import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {
  type Answer,
  askEach,
  fromEnvironment,
  output,
  type Sought,
  versionIn,
  versionOf,
} from './real-reader.ts';

/** Docker's own program, which reads the file itself and sends the variables to a daemon: here one that only listens. */
export const dockerRun: Sought = {
  title: 'docker run --env-file',
  find: () => {
    const version = versionOf('docker');
    if (version === undefined) return undefined;
    return {
      title: `docker run --env-file ${versionIn(version)}`,
      name: 'dockerRun',
      dialects: ['docker-run'],
      read: readWithDocker,
    };
  },
};

async function readWithDocker(files: readonly string[]): Promise<Answer[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'keyturn-docker-'));
  const socket = path.join(folder, 'daemon');
  const daemon = listeningDaemon();
  await new Promise<void>((resolve) => daemon.server.listen(socket, resolve));
  try {
    const ask = async (file: string) => {
      const args = ['-H', `unix://${socket}`, 'create', '--name', nameOf(file), '--env-file', file, 'image'];
      await output('docker', args, { DOCKER_CONFIG: folder });
      const variables = daemon.variables.get(nameOf(file));
      if (variables === undefined) throw new Error('Docker sent no variables');
      return fromEnvironment(variables.join('\0'));
    };
    return await askEach(files, ask);
  } finally {
    daemon.server.close();
    await rm(folder, { recursive: true });
  }
}

const nameOf = (file: string) => Buffer.from(file).toString('hex');

function listeningDaemon() {
  const variables = new Map<string, readonly string[]>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://daemon');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('Api-Version', '1.41').setHeader('Content-Type', 'application/json');
    if (!url.pathname.endsWith('/containers/create')) return response.end('OK');
    const { Env } = JSON.parse(Buffer.concat(chunks).toString()) as { Env: readonly string[] };
    variables.set(url.searchParams.get('name') ?? '', Env);
    return response.writeHead(201).end('{"Id":"created","Warnings":[]}');
  });
  return { server, variables };
}
