/** The id of the definition that the embedded sandbox is reached by. */
export const sandboxProviderId = 'sandbox';

/** Whether a provider is one of those that the embedded sandbox plays: `sandbox`, and every `sandbox-…`. */
export function isPlayedBySandbox(providerId: string): boolean {
  return providerId === sandboxProviderId || providerId.startsWith(`${sandboxProviderId}-`);
}
