import { NEXT } from '../compiled.ts';
import { bargeIn, prompt, typeAhead } from '../parts.ts';
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
  fields: { prompt, bargeIn: bargeIn.optional(), typeAhead: typeAhead.optional() },
  exits: [NEXT_EXIT, ERROR_EXIT],
  compile(source, kit) {
    const prompts = kit.prompts(['prompt'], source.prompt, source.bargeIn !== 'none');
    const ahead = source.typeAhead ?? 'keep';
    return {
      enter: (m) => play(m, prompts, ahead) ?? NEXT,
      resume: () => NEXT,
    };
  },
});
