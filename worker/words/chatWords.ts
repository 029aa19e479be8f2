import { languageOf } from '../../widget/common/i18n.ts'
import { webhooks as ar } from '../../widget/dashboard/locales/ar.json'
import { webhooks as de } from '../../widget/dashboard/locales/de.json'
import { webhooks as en } from '../../widget/dashboard/locales/en.json'
import { webhooks as es } from '../../widget/dashboard/locales/es.json'
import { webhooks as fr } from '../../widget/dashboard/locales/fr.json'
import { webhooks as id } from '../../widget/dashboard/locales/id.json'
import { webhooks as ja } from '../../widget/dashboard/locales/ja.json'
import { webhooks as ko } from '../../widget/dashboard/locales/ko.json'
import { webhooks as pt } from '../../widget/dashboard/locales/pt-BR.json'
import { webhooks as ru } from '../../widget/dashboard/locales/ru.json'
import { webhooks as hans } from '../../widget/dashboard/locales/zh-Hans.json'
import { webhooks as hant } from '../../widget/dashboard/locales/zh-Hant.json'
import { type Language, languages } from '../contract/languages.ts'

type ChatWords = typeof en.message

/** In the order of `languages`. */
const all = [en, ja, hans, hant, ko, de, fr, es, pt, ru, ar, id].map(({ message }) => message as ChatWords)

const words = Object.fromEntries(languages.map((name, at) => [name, all[at]])) as Record<Language, ChatWords>

/** What is said to chats, in a language. @param lang BCP 47; what has no words is English */
export const chatWords = (lang: string): ChatWords => words[languageOf(lang).language]
