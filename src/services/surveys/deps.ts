import type { BrandId } from '../../domain/brand.ts';
import type { IdSource } from '../../domain/ids.ts';
import type { Survey } from '../../domain/survey.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SurveyStore } from '../../ports/survey-store.ts';
import type { SurveyLinks } from './links.ts';

export interface SurveySettings {
  readonly brand: BrandId;
  /** IANA; the zone of a report's days. */
  readonly zone: string;
  /** Where people outside reach our pages, without a slash at the end. */
  readonly publicUrl: string;
}

export interface SurveyDeps {
  readonly store: SurveyStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly ids: IdSource;
  readonly links: SurveyLinks;
  readonly settings: SurveySettings;
  /** The surveys there are, by id. */
  readonly surveys: () => ReadonlyMap<string, Survey>;
}
