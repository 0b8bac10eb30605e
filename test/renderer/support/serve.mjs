// Serves the page on a fake main, for looking at it: node test/renderer/support/serve.mjs [port]
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';

/** Starts the server on the fake main that `bridgeFile` installs; answers its address and how to stop it. */
export async function serve(port = 0, bridgeFile = './install-fake-bridge.ts') {
  const bridge = fileURLToPath(new URL(bridgeFile, import.meta.url));
  const server = await createServer({
    root: fileURLToPath(new URL('../../../renderer', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    cacheDir: fileURLToPath(new URL('../../../node_modules/.cache/vite-look', import.meta.url)),
    server: { port, host: '127.0.0.1', fs: { strict: false } },
    plugins: [
      react(),
      {
        name: 'fake-bridge',
        transformIndexHtml: () => [
          { tag: 'script', attrs: { type: 'module', src: `/@fs${bridge}` }, injectTo: 'head-prepend' },
        ],
      },
    ],
  });
  await server.listen();
  return { url: server.resolvedUrls.local[0], stop: () => server.close() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.argv[2] ?? '5199'));
  process.stdout.write(`${url}\n`);
}
