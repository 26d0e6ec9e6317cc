import { readFileSync } from 'node:fs';
import type { Config } from '../../config/config.ts';
import type { Secrets } from '../../config/secrets.ts';
import { asteriskValues } from './asterisk-values.ts';
import type { Distribution } from './distribution.ts';
import { holdMusic } from './hold-music.ts';
import { type Instance, instanceOf } from './instance.ts';
import { renderTemplates } from './render.ts';
import { readTemplates, writeConfig } from './write-config.ts';

export interface RenderRequest {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly distribution: Pick<Distribution, 'moduleDir' | 'dataDir'>;
  readonly bench?: boolean;
}

/** Six files a call, for some thousand calls. */
const FILES_WANTED = 65_536;

/** Renders asterisk-config/ into the instance's folder; makes nothing else but the music for waiting callers. */
export function renderInstance({ config, secrets, distribution, bench = false }: RenderRequest): Instance {
  const instance = instanceOf(config.places);
  const musicDir = holdMusic(config.soundsDir, instance.music);
  const values = asteriskValues({ config, secrets, distribution, instance, musicDir, maxFiles: openFilesLimit(), bench });
  writeConfig(instance.etc, renderTemplates(values, readTemplates()));
  return instance;
}

/** What the process may raise its limit to without being root. */
function openFilesLimit(): number {
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return Math.min(FILES_WANTED, hard === undefined ? FILES_WANTED : Number(hard));
}
