// Serves the page on a fake main, for looking at it: node test/renderer/support/serve.mjs [port]
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, createServer, preview } from 'vite';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const root = path('../../../renderer');

/** Puts the fake main that `installer` makes under the page before anything of the page runs. */
const fakeBridge = (installer) => ({
  name: 'fake-bridge',
  enforce: 'pre',
  transform: (code, id) =>
    id === `${root}/main.tsx` ? `import ${JSON.stringify(path(installer))};\n${code}` : null,
});

const shared = (installer) => ({
  root,
  configFile: false,
  logLevel: 'error',
  plugins: [fakeBridge(installer), react()],
});

/** Starts the page as it is developed; answers its address and how to stop it. */
export async function serve(port = 0, installer = './install-fake-bridge.ts') {
  const server = await createServer({
    ...shared(installer),
    cacheDir: path('../../../node_modules/.cache/vite-look'),
    server: { port, host: '127.0.0.1', fs: { strict: false } },
  });
  await server.listen();
  return { url: server.resolvedUrls.local[0], stop: () => server.close() };
}

/** Starts the page as it is shipped. */
export async function serveBuilt() {
  const outDir = path('../../../node_modules/.cache/look-built');
  await build({
    ...shared('./install-fake-bridge.ts'),
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 2000 },
  });
  const server = await preview({
    ...shared('./install-fake-bridge.ts'),
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  });
  return { url: server.resolvedUrls.local[0], stop: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? '5199'));
  process.stdout.write(`${url}\n`);
}
