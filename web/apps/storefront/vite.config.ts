import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { legal } from './legal-plugin.ts';
import { shell } from './shell-plugin.ts';

const API = process.env.API_ORIGIN ?? 'http://127.0.0.1:8000';

export default defineConfig(({ isSsrBuild }) => ({
  base: '/',
  publicDir: fileURLToPath(new URL('../../packages/ui/public', import.meta.url)),
  plugins: [react(), tailwindcss(), legal(), shell()],
  ...(isSsrBuild ? { define: { 'process.env.NODE_ENV': '"production"' } } : {}),
  ssr: { noExternal: true, target: 'node' },
  server: {
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(['/api', '/media', '/_local', '/config.json'].map((path) => [path, API])),
  },
  build: {
    target: 'es2022',
    manifest: !isSsrBuild,
    minify: true,
    assetsInlineLimit: 0,
    // The render function is one file: nothing is loaded while somebody waits.
    ...(isSsrBuild ? { rolldownOptions: { output: { entryFileNames: 'index.mjs', codeSplitting: false } } } : {}),
  },
}));
