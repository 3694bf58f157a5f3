import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { browserAlone, serverAlone } from './browser-plugin.ts';
import { shell } from './shell-plugin.ts';

const API = process.env.API_ORIGIN ?? 'http://127.0.0.1:8000';

// What every page needs and few deployments change: one file, the same in both languages.
const VENDOR =
  /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|@tanstack[\\/](react-|router-|query-)?(core|router|query|store|history))[\\/]/;

export default defineConfig(({ isSsrBuild }) => ({
  base: '/',
  publicDir: fileURLToPath(new URL('../../packages/ui/public', import.meta.url)),
  plugins: [react(), tailwindcss(), shell(), browserAlone(), serverAlone()],
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
    // Browsers that do not know `modulepreload` ask for the files a little later.
    modulePreload: { polyfill: false },
    // The entry names every file that it may ask for, so names are as short as they can be told apart.
    // The render function is one file: nothing is loaded while somebody waits.
    rolldownOptions: {
      output: isSsrBuild
        ? { entryFileNames: 'index.mjs', codeSplitting: false }
        : {
            chunkFileNames: 'assets/[name]-[hash].js',
            codeSplitting: { groups: [{ name: 'vendor', test: VENDOR }] },
          },
    },
  },
}));
