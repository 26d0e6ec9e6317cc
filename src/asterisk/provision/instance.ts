import path from 'node:path';
import type { Config } from '../../config/config.ts';

/** The folders and files of one running Asterisk, all below `<data>/asterisk`. */
export interface Instance {
  readonly base: string;
  readonly etc: string;
  readonly run: string;
  readonly log: string;
  readonly spool: string;
  readonly recordings: string;
  readonly callRecordings: string;
  readonly db: string;
  readonly keys: string;
  readonly cache: string;
  readonly lib: string;
  readonly music: string;
  readonly conf: string;
  readonly control: string;
}

export function instanceOf(places: Config['places']): Instance {
  const base = places.asterisk;
  const folder = (name: string) => path.join(base, name);
  return {
    base,
    etc: places.asteriskEtc,
    run: folder('run'),
    log: folder('log'),
    spool: folder('spool'),
    recordings: places.recordings,
    callRecordings: places.callRecordings,
    db: folder('db'),
    keys: folder('keys'),
    cache: folder('cache'),
    lib: folder('lib'),
    music: folder('music'),
    conf: path.join(places.asteriskEtc, 'asterisk.conf'),
    control: path.join(folder('run'), 'asterisk.ctl'),
  };
}
