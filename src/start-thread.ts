import { Worker, type WorkerOptions } from 'node:worker_threads';

/** In the built engine a thread's program is JavaScript beside this file; run from the sources it is TypeScript, which a thread must be told how to read. */
const FROM_SOURCES = import.meta.url.endsWith('.ts');

/** Starts a program that stands beside this file, such as `import-thread`. */
export function startThread(name: string, options: WorkerOptions): Worker {
  const program = new URL(`./${name}.${FROM_SOURCES ? 'ts' : 'js'}`, import.meta.url);
  if (!FROM_SOURCES) return new Worker(program, options);
  const [loader, path] = [JSON.stringify(import.meta.resolve('tsx/esm/api')), JSON.stringify(program.href)];
  return new Worker(`import(${loader}).then(({ register }) => { register(); return import(${path}); })`, { ...options, eval: true });
}
