import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config/config.ts';
import { loadSecrets, type Secrets } from '../config/secrets.ts';
import { SantralError } from '../domain/errors.ts';
import { type CliIo, EXIT } from './io.ts';

const USAGE = `santral asterisk render [--modules <folder>] [--asterisk-data <folder>]

Writes Asterisk's configuration from asterisk-config/ and the settings into the data directory, for an Asterisk that is
started by other means (SANTRAL_ASTERISK=external): asterisk -f -C <data>/asterisk/etc/asterisk.conf

  --modules <folder>        Where its modules are (default: where Debian's package puts them).
  --asterisk-data <folder>  Where its rest-api/ and documentation/ are (default: /usr/share/asterisk).
`;

/** Writes all files and makes the folders; gives the folder of asterisk.conf. */
export type RenderForOthers = (
  config: Config,
  secrets: Secrets,
  places: { readonly moduleDir: string | undefined; readonly dataDir: string | undefined },
) => string;

/** `santral asterisk render`; `args` is what follows those words. Gives the exit code. */
export function asteriskRender(args: string[], io: CliIo, render: RenderForOthers): number {
  const { values } = parseArgs({
    args,
    options: { modules: { type: 'string' }, 'asterisk-data': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    io.out(USAGE);
    return EXIT.ok;
  }
  try {
    const config = readConfig(io.env, io.cwd);
    const etc = render(config, loadSecrets(config), { moduleDir: values.modules, dataDir: values['asterisk-data'] });
    io.out(`Rendered ${etc}\nStart Asterisk with: asterisk -f -C ${path.join(etc, 'asterisk.conf')}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof SantralError)) throw error;
    io.err(`${error.message}\n`);
    return EXIT.problems;
  }
}
