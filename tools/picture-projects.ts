import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SandboxServer } from '../test/e2e/support/sandbox-server.ts';

const run = promisify(execFile);
const dayMs = 86_400_000;

/**
 * Puts beside the projects of a picture's vault what a search finds: keys that the vault does not know, one that is
 * revoked and one that Git tracks, copies of keys that it does know, and a repository (`site`) that two of its keys leaked
 * into.
 */
export async function scatterKeys(projects: string, server: SandboxServer): Promise<void> {
  const put = async (file: string, text: string) => {
    await mkdir(path.dirname(path.join(projects, file)), { recursive: true });
    await writeFile(path.join(projects, file), text);
  };
  const labels = await server.makeKey('Labels, made by hand');
  const returns = await server.makeKey('Returns');
  await server.revokeKey(returns.id);
  const staging = await valueIn(path.join(projects, 'shop/.env.staging'));
  const fraud = await valueIn(path.join(projects, 'rules/.env'));

  await put('labels/.env', `# the label printer\nSANDBOX_API_KEY=${labels.key}\nPORT=4100\n`);
  await put('labels/.env.returns', `SANDBOX_API_KEY=${returns.key}\n`);
  await put('newsletter/.env', `RESEND_API_KEY=re_${word(24)}\nFROM=news@shop.example\n`);
  await put('newsletter/.env.production', `RESEND_API_KEY=re_${word(24)}\n`);
  await put(
    'assistant/.env.local',
    `OPENROUTER_API_KEY=sk-or-v1-${hex(32)}\nGITLAB_TOKEN=glpat-${word(20)}\n`,
  );
  const longAgo = new Date(Date.now() - 250 * dayMs);
  for (const file of ['newsletter/.env', 'newsletter/.env.production', 'assistant/.env.local'])
    await utimes(path.join(projects, file), longAgo, longAgo);
  await put('shop-copy/.env', `SANDBOX_API_KEY=${staging}\n`);

  await put('site/README.md', '# Site\n');
  await put('site/.env', `VERCEL_TOKEN=vcp_${word(24)}\n`);
  await put('site/notes/deploy.md', `Deploy with\n\n    API_KEY=${fraud} ./deploy.sh\n`);
  await commit(projects, 240, 'Mira Solano', 'Note how to deploy');
  await put('site/notes/deploy.md', 'Deploy with ./deploy.sh, which asks for the key.\n');
  await commit(projects, 239, 'Mira Solano', 'Take the key out of the notes');
  await put('site/scripts/smoke.sh', `#!/bin/sh\ncurl -H "Authorization: Bearer ${staging}" "$1/v1/me"\n`);
  await commit(projects, 61, 'Jonas Weld', 'Look after each deployment');
  await put('site/scripts/local.sh', `export KEY=${staging}\n`);
}

const word = (length: number): string =>
  randomBytes(length * 2)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, length);
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** The first value of a file. */
async function valueIn(file: string): Promise<string> {
  const found = /=(\S+)/.exec(await readFile(file, 'utf8'))?.[1];
  if (found === undefined) throw new Error(`${file} holds no value`);
  return found;
}

async function commit(projects: string, daysAgo: number, author: string, subject: string): Promise<void> {
  const date = new Date(Date.now() - daysAgo * dayMs).toISOString();
  const email = `${author.split(' ')[0]?.toLowerCase()}@shop.example`;
  const git = (...args: readonly string[]) =>
    run('git', ['-C', path.join(projects, 'site'), ...args], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_AUTHOR_NAME: author,
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_NAME: author,
        GIT_COMMITTER_EMAIL: email,
        GIT_COMMITTER_DATE: date,
      },
    });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', subject);
}
