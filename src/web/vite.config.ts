import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build, defineConfig, type Plugin } from 'vite';

const here = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const engine = process.env['SANTRAL_URL'] ?? 'http://127.0.0.1:8080';

/** The form that others put into their pages: one classic script under a name that stays, so it is built by itself. */
function embeddedForm(): Plugin {
  let outDir = '';
  return {
    name: 'santral-embedded-form',
    apply: 'build',
    configResolved(config) {
      outDir = path.resolve(config.root, config.build.outDir, 'embed');
    },
    async closeBundle() {
      const lib = {
        entry: here('./embed/callback.ts'),
        formats: ['iife' as const],
        name: 'santralCallback',
        fileName: () => 'callback.js',
      };
      await build({ configFile: false, publicDir: false, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2022', lib } });
    },
  };
}

/** `vite build -c src/web/vite.config.ts` writes dist/web; the engine serves it. `vite -c …` alone is for work on the pages, beside a running engine. */
export default defineConfig({
  root: here('.'),
  plugins: [react(), embeddedForm()],
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
