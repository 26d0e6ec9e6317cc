import { useEffect, useState } from 'react';
import type { Language } from '../../domain/language.ts';
import { startLanguage } from '../i18n-language.ts';
import { faultOf, type LinkFault, type OpenLink, openLink } from './link.ts';
import { Notice } from './notice.tsx';
import { SurveyForm } from './survey-form.tsx';
import { WORDS } from './words.ts';

type Stage =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly link: OpenLink }
  | { readonly kind: 'done'; readonly link: OpenLink }
  | { readonly kind: 'fault'; readonly fault: LinkFault };

async function load(token: string): Promise<Stage> {
  try {
    return { kind: 'open', link: await openLink(token) };
  } catch (error) {
    return { kind: 'fault', fault: faultOf(error) };
  }
}

/** The page behind a survey's link: opened once, answered once, in either language. */
export function SurveyApp({ token }: { readonly token: string }) {
  const [stage, setStage] = useState<Stage>({ kind: 'loading' });
  const [chosen, setChosen] = useState<Language | null>(null);
  const language = chosen ?? ('link' in stage ? stage.link.language : startLanguage(null, navigator.languages));
  const words = WORDS[language];
  useEffect(() => {
    void load(token).then(setStage);
  }, [token]);
  const again = (): void => {
    setStage({ kind: 'loading' });
    void load(token).then(setStage);
  };

  const title = 'link' in stage ? stage.link.survey.title[language] : stage.kind === 'fault' ? words[stage.fault][0] : words.loading;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  return (
    <>
      <header>
        <button
          type="button"
          className="quiet"
          lang={language === 'tr' ? 'en' : 'tr'}
          onClick={() => setChosen(language === 'tr' ? 'en' : 'tr')}
        >
          {words.other}
        </button>
      </header>
      <main>
        {stage.kind === 'loading' && <p role="status">{words.loading}</p>}
        {stage.kind === 'open' && (
          <SurveyForm
            token={token}
            survey={stage.link.survey}
            language={language}
            onDone={() => setStage({ kind: 'done', link: stage.link })}
            onFault={(fault) => setStage({ kind: 'fault', fault })}
          />
        )}
        {stage.kind === 'done' && <Notice title={words.thanks} text={stage.link.survey.thanks[language]} more={words.close} />}
        {stage.kind === 'fault' && (
          <Notice title={words[stage.fault][0]} text={words[stage.fault][1]}>
            {(stage.fault === 'trouble' || stage.fault === 'too-many') && (
              <button type="button" onClick={again}>
                {words.again}
              </button>
            )}
          </Notice>
        )}
      </main>
    </>
  );
}
