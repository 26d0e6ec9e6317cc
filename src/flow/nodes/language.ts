import { isLanguage, LANGUAGES } from '../../domain/language.ts';
import { isValueMap } from '../../domain/value.ts';
import { NEXT } from '../compiled.ts';
import { Fault } from '../fault.ts';
import { filterContext, scopeOf } from '../machine.ts';
import { templateText } from '../parts.ts';
import { defineNode, ERROR_EXIT, NEXT_EXIT } from './kind.ts';

export const language = defineNode({
  type: 'language',
  summary: 'Switches the language.',
  doc: 'From here on prompts, numbers and dates are in that language. A menu that is come back to by this goes on counting its tries.',
  example: `to-english:
  type: language
  to: en
  next: welcome`,
  fields: { to: templateText.describe('tr, en, or a template such as "{{choice}}".') },
  exits: [NEXT_EXIT, ERROR_EXIT],
  passing: true,
  compile(source, kit) {
    const to = kit.template(['to'], source.to, 'weighed');
    if (to.fixed !== null && !isLanguage(to.fixed))
      kit.problem('bad-value', ['to'], `"${to.fixed}" is no language of Santral`, `Languages: ${LANGUAGES.join(', ')}.`);
    return {
      enter(m) {
        const wanted = to.render(scopeOf(m), filterContext(m), 20);
        if (!isLanguage(wanted)) throw new Fault('bad-language', `${source.to}: gives no language`);
        if (wanted !== m.language) {
          m.language = wanted;
          m.scope = null;
          m.events.push({ kind: 'language', language: wanted });
        }
        if (isValueMap(m.top.local)) m.top.local = { ...m.top.local, switched: true };
        return NEXT;
      },
    };
  },
});
