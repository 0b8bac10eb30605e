/** What the systems know this app by; electron-builder.yml says the same. */
export const appId = 'dev.keyturn.app';

/** Starts the app without a window. */
export const hiddenSwitch = 'hidden';
