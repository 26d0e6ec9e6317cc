import { build } from './build-steps.mjs';
import { debianExtras, debianPackages } from './debian-packages.mjs';
import { databaseDriver, npmPackages } from './npm-packages.mjs';
import { oneAtATime } from './one-at-a-time.mjs';

/**
 * Everything a command needs, in the order in which one thing needs the other. Each step looks first and does nothing when
 * nothing is missing; an interrupted one is done again the next time.
 * @param {{ packages: readonly ('run' | 'test' | 'bench')[], build: 'all' | 'engine' | 'nothing' }} needs
 */
export function bootstrap(needs) {
  return oneAtATime(async () => {
    await debianPackages(needs.packages);
    if (needs.packages.includes('run')) await debianExtras();
    await npmPackages();
    await Promise.all([databaseDriver(), needs.build === 'nothing' ? undefined : build({ web: needs.build === 'all' })]);
  });
}
