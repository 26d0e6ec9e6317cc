import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { isLanguage, type Language } from '../domain/language.ts';
import { startLanguage } from './i18n-language.ts';
import en from './locales/en.json';
import tr from './locales/tr.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en };
  }
}

const STORED = 'santral.language';
const i18n = createInstance();

function remembered(): string | null {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null;
  }
}

/** Changes the language of every page, and remembers it in this browser. */
export function switchLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // A browser that stores nothing still switches.
  }
  void i18n.changeLanguage(language);
}

export async function startI18n(): Promise<void> {
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
  await i18n.use(initReactI18next).init({
    lng: startLanguage(remembered(), navigator.languages),
    fallbackLng: 'en',
    defaultNS: 'app',
    resources: { tr: { app: tr }, en: { app: en } },
    interpolation: { escapeValue: false },
  });
}

/** The language shown now. */
export function currentLanguage(): Language {
  return isLanguage(i18n.language) ? i18n.language : 'en';
}
