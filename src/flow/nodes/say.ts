import { NEXT } from '../compiled.ts';
import { INHERITED, inherit } from '../defaults.ts';
import { prompt } from '../parts.ts';
import { play } from '../play.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

export const say = defineNode({
  type: 'say',
  summary: 'Says something.',
  doc: 'Plays its prompts and goes on. A key cuts them and is kept for the next menu. With nothing to say it takes no time.',
  example: `read:
  type: say
  prompt:
    - dealer.found
    - { key: dealer.read, with: { dealer: "dealers[index]" } }
    - { text: { tr: "Bugün açık.", en: "Open today." }, when: "openness.kind == 'open'" }
  next: after-read`,
  fields: { prompt, ...INHERITED.say },
  exits: [NEXT_EXIT, ERROR_EXIT],
  compile(source, kit) {
    const { bargeIn, typeAhead } = inherit('say', kit.defaults, source);
    const prompts = kit.prompts(['prompt'], source.prompt, bargeIn !== 'none');
    return {
      enter: (m) => play(m, prompts, typeAhead) ?? NEXT,
      resume: () => NEXT,
    };
  },
});
