import { withSessionBus } from '../secrets/session-bus.ts';

/** Who shows the notices of this session, or why nobody does, in words. */
export type NoticeService =
  | {
      readonly there: true;
      readonly name: string;
      /** Whether it takes `<`, `>` and `&` in a notice's text for markup. */
      readonly readsMarkup: boolean;
      /** Whether its notices can have buttons. */
      readonly hasActions: boolean;
    }
  | { readonly there: false; readonly why: string };

/** A service that is started by the question takes a moment. */
const timeoutMs = 3_000;

const service = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications',
  arguments: [],
};

/**
 * Asks the session bus for the notification service, which starts one that only waits to be asked.
 * https://specifications.freedesktop.org/notification-spec/latest/protocol.html
 */
export async function findNoticeService(env: NodeJS.ProcessEnv): Promise<NoticeService> {
  const asked = await withSessionBus(env, timeoutMs, async (bus) => {
    const information = await bus.call({ ...service, member: 'GetServerInformation' });
    const capabilities = await bus.call({ ...service, member: 'GetCapabilities' });
    return { information, capabilities };
  });
  if (!asked.ok) {
    const silent = asked.error.why === 'unanswered';
    return { there: false, why: silent ? 'The session bus did not answer' : 'There is no session bus here' };
  }
  const { information, capabilities } = asked.value;
  if (!information.ok) {
    const silent = information.error.why === 'unanswered';
    return {
      there: false,
      why: silent
        ? 'The notification service did not answer'
        : 'No notification service runs in this session',
    };
  }
  const abilities = capabilities.ok ? [capabilities.value[0]].flat() : [];
  return {
    there: true,
    name: String(information.value[0] ?? ''),
    readsMarkup: abilities.includes('body-markup'),
    hasActions: abilities.includes('actions'),
  };
}
