import { withSessionBus } from '../secrets/session-bus.ts';

const timeoutMs = 2_000;
const watcher = 'org.kde.StatusNotifierWatcher';

/**
 * Whether this Linux session has a place where status icons are seen, which GNOME without its extension has not. Where
 * the session bus cannot be asked there is none.
 * https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher
 */
export async function hasTrayService(env: NodeJS.ProcessEnv): Promise<boolean> {
  const asked = await withSessionBus(env, timeoutMs, (bus) =>
    bus.call({
      destination: watcher,
      path: '/StatusNotifierWatcher',
      interface: 'org.freedesktop.DBus.Properties',
      member: 'Get',
      arguments: [watcher, 'IsStatusNotifierHostRegistered'],
    }),
  );
  return asked.ok && asked.value.ok && asked.value.value[0] === true;
}
