import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const API = process.env.API_ORIGIN ?? 'http://127.0.0.1:8000';

export default defineConfig({
  base: '/admin/',
  plugins: [react(), tailwindcss()],
  server: {
    port: 5175,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/media', '/_local', '/config.json', '/theme.js', '/health'].map((path) => [path, API]),
    ),
  },
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0 },
});
