import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * Main is built with three entries: Electron's, the browser host's, and the keychain worker that runs in
 * a process of its own. Only keytar stays outside the bundle, because it is a native module.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      externalizeDeps: { include: ['keytar'], exclude: [] },
      rollupOptions: {
        input: {
          index: 'main/index.ts',
          browser: 'main/desktop/browser/main.ts',
          'keychain-worker': 'main/secrets/keychain-worker.ts',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rollupOptions: { input: { preload: 'main/preload.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: 'renderer',
    build: { outDir: 'out/renderer', rollupOptions: { input: 'renderer/index.html' } },
    plugins: [react()],
  },
});
