import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Main is built with seven entries: Electron's, the browser host's, the keychain worker that runs in a process of its
 * own, three workers that run in threads (for a passphrase, for many sealed files, for leaks), and what a pre-commit hook
 * runs beside the browser host. Everything is bundled but keytar, which is a native module, and Electron itself; so the
 * package needs no other module. The preload is one file without imports, because a sandboxed one can load nothing else.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: false,
      rolldownOptions: {
        external: ['keytar'],
        input: {
          index: 'main/index.ts',
          browser: 'main/desktop/browser/main.ts',
          'keychain-worker': 'main/secrets/keychain-worker.ts',
          'passphrase-worker': 'main/secrets/passphrase-worker.ts',
          'sealed-files-worker': 'main/secrets/sealed-files-worker.ts',
          'leaks-worker': 'main/leaks/leaks-worker.ts',
          'check-staged': 'main/leaks/check-staged-main.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'main/preload.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      outDir: 'out/renderer',
      minify: true,
      // One, so that which rule comes after which is the same whatever is opened first.
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'renderer/index.html' },
    },
    plugins: [react()],
  },
});
