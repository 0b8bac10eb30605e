import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { NoticeWay } from '../../../shared/ipc/reminders.contract.ts';
import type { DesktopNotice } from '../desktop.ts';
import { findNoticeService, type NoticeService } from '../notice-service.ts';
import { canWaitForAnswer, noticeArguments } from './notice-arguments.ts';
import { runCommand } from './run-command.ts';

/** The notices of a desktop, by a program of its own. */
export interface ToolNotices {
  notify(notice: DesktopNotice, answered: (action: string) => void): void;
  way(): Promise<NoticeWay>;
}

export interface NoticeSystem {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Whether a program of that name can be run. */
  has(program: string): boolean;
}

const tool = 'notify-send';
const versionTimeoutMs = 3_000;
/** A notice that came in the evening may be answered in the morning. */
const answerableMs = 12 * 3_600_000;
/** More than a person has open; the oldest is then waited for no longer. */
const mostWaitedFor = 16;

/**
 * Shows notices on Linux by `notify-send`, where a notification service answers on the session bus. Whoever runs
 * programs on this machine can read what a running one was told, so a notice says nothing that is secret.
 */
export function createToolNotices({ platform, env, has }: NoticeSystem): ToolNotices {
  const waitedFor = new Set<ChildProcess>();
  /** What waits for an answer has nobody to tell it to when this process is gone. */
  function endWithProcess(): void {
    for (const child of waitedFor) child.kill();
  }

  async function reachable(): Promise<NoticeService> {
    if (platform !== 'linux')
      return { there: false, why: 'In the browser Keyturn shows notices on Linux only' };
    if (!has(tool)) return { there: false, why: `The program ${tool} is not installed` };
    return findNoticeService(env);
  }

  async function show(notice: DesktopNotice, answered: (action: string) => void): Promise<void> {
    const service = await reachable();
    if (!service.there) return;
    const waits = service.hasActions && (await toolWaits());
    const args = noticeArguments(notice, { waits, readsMarkup: service.readsMarkup });
    const child = spawn(tool, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
    waitFor(child, (said) => {
      const action = said === 'default' ? 'open' : said;
      if (action === 'open' || notice.actions.some(({ id }) => id === action)) answered(action);
    });
  }

  /** Tells what the program printed when it ends. Neither it nor its time limit keeps this process alive. */
  function waitFor(child: ChildProcess, told: (said: string) => void): void {
    let said = '';
    const limit = setTimeout(() => child.kill(), answerableMs).unref();
    child.unref();
    (child.stdout as Socket).unref();
    if (waitedFor.size === 0) process.on('exit', endWithProcess);
    waitedFor.add(child);
    const [oldest] = waitedFor;
    if (waitedFor.size > mostWaitedFor) oldest?.kill();
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const end = () => {
      clearTimeout(limit);
      waitedFor.delete(child);
      if (waitedFor.size === 0) process.off('exit', endWithProcess);
    };
    // A program that cannot be run shows nothing; the list in the app has what the notice says.
    child.once('error', end);
    child.once('close', () => {
      end();
      told(said.trim());
    });
  }

  /** Asked each time, because the program may be replaced while the app runs; it answers in milliseconds. */
  async function toolWaits(): Promise<boolean> {
    const asked = await runCommand({ file: tool, args: ['--version'] }, versionTimeoutMs);
    return asked.ended === 'well' && canWaitForAnswer(asked.output.toString('utf8'));
  }

  return {
    notify: (notice, answered) => {
      // As above: the list in the app says it too, and nobody waits for the notice.
      show(notice, answered).catch(() => undefined);
    },
    async way() {
      const service = await reachable();
      return service.there ? { way: 'desktop', detail: service.name } : { way: 'none', detail: service.why };
    },
  };
}
