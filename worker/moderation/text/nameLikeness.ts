import confusables from 'unhomoglyph/data.json' with { type: 'json' }
import { withoutAdditions } from './nameAdditions.ts'
import { invisible } from './normalize.ts'

/** Letters and signs that look like others (UTS #39, confusables.txt). */
const like = confusables as Record<string, string>

/** What people add to a name to say that they speak for a site. */
const roles =
  'admin administrator author autor autora auteur editor mod moderator official owner staff team verified автор админ модератор 작성자 관리자 운영자 공식'
const role = new RegExp(`(?<![\\p{L}\\p{N}])(?:${roles.replaceAll(' ', '|')})(?![\\p{L}\\p{N}])`, 'giu')
const besideName = '公式|運営|管理人|管理者|作者|筆者|著者|編集者|編集部|スタッフ|官方|版主|编辑|编者|本人'
const roleBesideName = new RegExp(`^(?:${besideName})|(?:${besideName})$`, 'gu')

/** Drawn as signs beside a name, where NFKC makes letters of them: ™, Ⅱ. Within a name some are read as letters: Ⅽ. */
const signs = /[\p{Nl}\u2120\u2122]/gu

/** Digits within a word that are read as letters. */
const letterFor: Record<string, string> = { 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b' }

/**
 * Tells of other names whether a name looks like them: the same but for case, width, spaces, signs between words,
 * accents, what is drawn as nothing, letters and digits that look alike, and words such as "author" beside it. It is a
 * near copy, too, if it is the other name with something added: digits, "Jr", "the", "Mr", さん (`withoutAdditions`).
 * What the other name has itself counts: "User 2" is no copy of "User 1". Other letters make another name, however few:
 * "Anna" is not "Ann", nor "Tanabe" "Tanaka".
 */
export function likenessOf(name: string): (other: string) => boolean {
  const forms = new Set(
    [name.replace(signs, ' '), name].flatMap((read) => {
      const plain = plainOf(read)
      return [plain, withoutAdditions(plain), withoutAdditions(unroled(plain))].flatMap(formsOf)
    }),
  )
  return (other) => formsOf(plainOf(other.replace(signs, ' '))).some((form) => forms.has(form))
}

/**
 * What a name looks like, for telling people apart who are trusted alike: case, width, spaces, signs between words,
 * accents, what is drawn as nothing, and which of some letters that look alike it has are no difference.
 */
export const lookOf = (name: string): string => formsOf(plainOf(name)).at(0) ?? name

/** A name without what is drawn as nothing and without accents. */
const plainOf = (name: string) =>
  name
    .normalize('NFKC')
    .replace(invisible, '')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')

const unroled = (plain: string) => plain.replace(role, ' ')

/** A name as it looks, in small and in any letters, with and without words for roles; what looks alike is the same. */
function formsOf(plain: string): string[] {
  const bare = lettersOf(unroled(plain)).replace(roleBesideName, '')
  return [plain, bare]
    .flatMap((text) => [text, text.toLowerCase()])
    .map((text) => text.replace(/(?<=\p{L})[34578](?=\p{L})/gu, (digit) => letterFor[digit] as string))
    .map((text) => lettersOf(alike(alike(text).toLowerCase()).toLowerCase()).replaceAll('i', 'l'))
    .filter(Boolean)
}

const alike = (text: string) => Array.from(text, (sign) => like[sign] ?? sign).join('')
const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
