import type { Language, Message } from '../i18n.ts'
import ar from './ar.json'
import de from './de.json'
import en from './en.json'
import es from './es.json'
import fr from './fr.json'
import id from './id.json'
import ja from './ja.json'
import ko from './ko.json'
import ptBR from './pt-BR.json'
import ru from './ru.json'
import zhHans from './zh-Hans.json'
import zhHant from './zh-Hant.json'

/** The parts of a locale. */
export type Section = 'thread' | 'own' | 'reading' | 'writing' | 'page' | 'feed' | 'errors' | 'reasons'

/** Every language's words at once: for the worker; browsers load one. */
export const locales: Record<Language, Record<Section, Record<string, Message>>> = {
  en,
  ja,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
  ko,
  de,
  fr,
  es,
  'pt-BR': ptBR,
  ru,
  ar,
  id,
}
