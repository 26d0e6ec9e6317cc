import type { CampaignOptions } from '../../api/campaign-plans.ts';
import { currentLanguage } from '../../i18n.ts';

/** The flows in force by their titles; the chosen one stands there even where it is none of them. */
export function flowChoices({ flows }: Pick<CampaignOptions, 'flows'>, chosen: string) {
  const language = currentLanguage();
  const known = flows.map(({ id, title }) => {
    const named = title[language] ?? title[language === 'tr' ? 'en' : 'tr'];
    return { value: id, label: typeof named === 'string' ? `${named} (${id})` : id };
  });
  return known.some(({ value }) => value === chosen) ? known : [{ value: chosen, label: chosen }, ...known];
}
