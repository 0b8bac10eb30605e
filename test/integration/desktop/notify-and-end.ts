import { setTimeout as wait } from 'node:timers/promises';
import { isOnPath } from '../../../main/desktop/browser/run-command.ts';
import { createToolNotices } from '../../../main/desktop/browser/tool-notices.ts';

/* Shows a notice that nobody answers, and has nothing else to do: the process is to end by itself. */

const notices = createToolNotices({ platform: 'linux', env: process.env, has: isOnPath });
notices.notify({ title: 'One key', body: 'is due', actions: [{ id: 'rotate', label: 'Rotate' }] }, () => {
  process.exitCode = 7;
});
await wait(1_500);
