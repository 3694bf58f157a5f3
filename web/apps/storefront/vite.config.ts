import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { browserAlone, serverAlone } from './browser-plugin.ts';
import { shell } from './shell-plugin.ts';

const API = process.env.API_ORIGIN ?? 'http://127.0.0.1:8000';

// What every page needs and few deployments change: one file, the same in both languages.
const VENDOR =
  /packages[\\/]api[\\/]src[\\/](client|problem)[.]ts|node_modules[\\/](react|react-dom|scheduler|use-sync-external-store|@tanstack[\\/](react-|router-|query-)?(core|router|query|store|history))[\\/]/;

// What every list of posts shows: one file instead of many small ones.
const POSTS =
  /src[\\/]community[\\/]components[\\/](Post(Actions|Body|Card|List|Notes|Pictures|Poll)|PollView|QuotedPost|ReactionCounts|EditedNote|PostSkeleton|ListFailure|reactionIcons|usePostList|useKeptPlace)[.]|src[\\/]community[\\/]newPosts|icons[\\/](rocket|pin|laugh|frown|repeat-2)[.]js/;

const PEOPLE =
  /src[\\/]community[\\/](texts|messages[.]\w+|components[\\/](Avatar|PersonLink|Count|PostTime|looks))[.]|icons[\\/]message-circle[.]js/;

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
    // The render function is one file: nothing is loaded while somebody waits.
    rolldownOptions: {
      output: isSsrBuild
        ? { entryFileNames: 'index.mjs', codeSplitting: false }
        : {
            // Every page carries the names of what it may load later: the shorter, the less of them. What is loaded by
            // itself keeps its name, by which errors are told apart.
            chunkFileNames: ({ isDynamicEntry }) => (isDynamicEntry ? 'assets/[name]-[hash].js' : 'assets/[hash].js'),
            codeSplitting: {
              groups: [
                { name: 'vendor', test: VENDOR },
                { name: 'people', test: PEOPLE, minShareCount: 4, includeDependenciesRecursively: false },
                { name: 'posts', test: POSTS, minShareCount: 4, includeDependenciesRecursively: false },
              ],
            },
          },
    },
  },
}));
