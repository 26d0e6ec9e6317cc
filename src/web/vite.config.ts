import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const engine = process.env['SANTRAL_URL'] ?? 'http://127.0.0.1:8080';

/** `vite build -c src/web/vite.config.ts` writes dist/web; the engine serves it. `vite -c …` alone is for work on the pages, beside a running engine. */
export default defineConfig({
  root: here('.'),
  plugins: [react()],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    // The page of a survey's link is one of its own: nobody who answers it needs the others.
    rolldownOptions: { input: [here('./index.html'), here('./survey.html')] },
    // JsSIP arrives with the phone page only, and is most of that chunk.
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': engine,
      '/sip': { target: engine.replace(/^http/, 'ws'), ws: true },
    },
  },
});
