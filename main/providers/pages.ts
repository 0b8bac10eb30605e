import { isSafeToCall, parseBaseUrl } from './base-url.ts';
import type { DefinitionParts } from './definition.ts';
import { asHostLabel, asPathSegment, expand, type Inputs } from './templates.ts';

type Settings = Readonly<Record<string, string>>;

/**
 * The provider's page for keys as it is for a connection with these settings; null where the definition names none, a
 * setting that it needs is missing, or what comes out is no address that a browser may be sent to.
 */
export function dashboardUrlOf(
  { dashboard }: Pick<DefinitionParts, 'dashboard'>,
  settings: Settings,
): string | null {
  if (dashboard === null) return null;
  const [, setting, afterSetting = ''] = /^\{setting\.([^{}]+)\}(.*)$/s.exec(dashboard.url) ?? [];
  const inputs: Inputs = new Map(Object.entries(settings).map(([name, value]) => [`setting.${name}`, value]));
  if (setting === undefined) {
    const [, authority = '', path = ''] = /^(https:\/\/[^/?#]*)(.*)$/s.exec(dashboard.url) ?? [];
    const host = expand(authority, inputs, asHostLabel);
    return host.ok ? openable(host.value, path, inputs) : null;
  }
  const typed = Object.hasOwn(settings, setting) ? (settings[setting] ?? '') : '';
  const base = parseBaseUrl(typed);
  return base.ok ? openable(base.value.href.replace(/\/$/, ''), afterSetting, inputs) : null;
}

function openable(base: string, path: string, inputs: Inputs): string | null {
  const rest = expand(path, inputs, asPathSegment);
  if (!rest.ok || !URL.canParse(base + rest.value)) return null;
  const url = new URL(base + rest.value);
  return isSafeToCall(url) && url.origin === new URL(base).origin ? url.href : null;
}

/**
 * Every page that a definition names: its website, where its preconditions are met, and its dashboard as it is for a
 * connection with these settings.
 */
export function pagesOf(
  definition: Pick<DefinitionParts, 'dashboard' | 'website' | 'preconditions'>,
  settings: Settings = {},
): readonly string[] {
  const { website, preconditions } = definition;
  const pages = [website, ...preconditions.map(({ url }) => url), dashboardUrlOf(definition, settings)];
  return pages.filter((page) => page !== null);
}
