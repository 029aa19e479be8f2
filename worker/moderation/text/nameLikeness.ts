import confusables from 'unhomoglyph/data.json' with { type: 'json' }
import { invisible } from './normalize.ts'

/** Letters and signs that look like others (UTS #39, confusables.txt). */
const like = confusables as Record<string, string>

/** What people add to a name to say that they speak for a site. */
const roles =
  'admin administrator author autor autora auteur editor mod moderator official owner staff team verified автор админ модератор 작성자 관리자 운영자 공식'
const role = new RegExp(`(?<![\\p{L}\\p{N}])(?:${roles.replaceAll(' ', '|')})(?![\\p{L}\\p{N}])`, 'giu')
const besideName = '公式|運営|管理人|管理者|作者|筆者|著者|編集者|編集部|スタッフ|官方|版主|编辑|编者|本人'
const roleBesideName = new RegExp(`^(?:${besideName})|(?:${besideName})$`, 'gu')

/**
 * Tells of other names whether a name looks like them: the same but for case, width, spaces, accents, what is drawn as nothing,
 * letters that look alike, and words such as "author" beside it.
 */
export function likenessOf(name: string): (other: string) => boolean {
  const forms = new Set(formsOf(name))
  return (other) => formsOf(other).some((form) => forms.has(form))
}

/** A name as it looks, in small and in any letters, with and without words for roles; what looks alike is the same. */
function formsOf(name: string): string[] {
  const plain = name
    .normalize('NFKC')
    .replace(invisible, '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
  const bare = lettersOf(plain.replace(role, ' ')).replace(roleBesideName, '')
  return [plain, bare]
    .flatMap((text) => [text, text.toLowerCase()])
    .map((text) => lettersOf(alike(alike(text).toLowerCase()).toLowerCase()).replaceAll('i', 'l'))
    .filter(Boolean)
}

const alike = (text: string) => Array.from(text, (sign) => like[sign] ?? sign).join('')
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
