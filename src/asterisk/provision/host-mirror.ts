import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const PUBLIC_MIRROR = 'http://deb.debian.org/debian';

/** Mirrors to try: the one that is set; else the one this machine uses (it may be all it can reach), then the public one. */
export function mirrorsToTry(env: NodeJS.ProcessEnv, aptDir = '/etc/apt'): string[] {
  const wanted = env['SANTRAL_DEBIAN_MIRROR'];
  if (wanted !== undefined && wanted !== '') return [withoutSlash(wanted)];
  const own = sourceFiles(aptDir)
    .flatMap(mirrorsIn)
    .find((uri) => /^https?:\/\/[^/]+\/(?:.*\/)?debian\/?$/.test(uri));
  return [...new Set([...(own === undefined ? [] : [withoutSlash(own)]), PUBLIC_MIRROR])];
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/+$/, '');
}

/** URIs of both kinds of sources file: `deb [options] URI suite …` and `URIs: URI …`. */
export function mirrorsIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const oneLine = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line);
    if (oneLine !== null) return [oneLine[1] as string];
    const deb822 = /^URIs:\s*(.+)$/i.exec(line);
    return deb822 === null ? [] : (deb822[1] as string).trim().split(/\s+/);
  });
}

function sourceFiles(aptDir: string): string[] {
  const parts = path.join(aptDir, 'sources.list.d');
  return [path.join(aptDir, 'sources.list'), ...list(parts).map((name) => path.join(parts, name))].flatMap((file) => {
    try {
      return /\.(list|sources)$/.test(file) ? [readFileSync(file, 'utf8')] : [];
    } catch {
      return [];
    }
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
