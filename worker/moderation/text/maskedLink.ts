import { isSameOwner } from '../../contract/sameOwner.ts'
import { invisible, longestRead } from './normalize.ts'
import { things, topLevel } from './topLevel.ts'

/** Where a link says that it leads, and where it does. */
export interface Mask {
  shown: string
  host: string
}

/** Top-level domains that make words of a link an address; of names they say less. */
const more = 'ai at au bank be ch cl cz dk edu example fi gg gr hk hu ie int mx my nz ph pt ro se sg th tr za'
const tops = [...topLevel, ...more.split(' ')].join('|')
/** Endings of files and names of things, which a slash may follow. */
const files =
  'cjs css go h html java js json jsx kt md mjs php py rb rs sh swift toml ts tsx txt vue yaml yml'

const letter = '[\\p{L}\\p{M}\\p{N}]'
const label = `${letter}(?:[\\p{L}\\p{M}\\p{N}-]*${letter})?`
const host = `${label}(?:\\.${label})+`
const authority = '[^\\s/?#\\\\<>"]+'
const cjk = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]'

/**
 * What reads as a host: after a scheme, `//` or `www.`, before a path, or by itself where its last label is one of
 * hosts. Not where a word goes on; Chinese and Japanese go on without a space. Of a path nothing is read.
 */
const named = [
  `\\p{L}[\\p{L}\\p{N}+.-]*:[/\\\\]{1,2}(?<schemed>${authority})\\S*`,
  `(?<![:/\\\\])[/\\\\]{2}(?<bare>${authority}\\.${authority})\\S*`,
  `(?<!${letter}|[./-])(?<www>www\\.${label}(?:\\.${label})*)\\S*`,
  `(?<!${letter}|[./-])(?<before>${host}(?<=\\.\\p{L}{2,})(?<!\\.(?:${files.replaceAll(' ', '|')}))(?::\\d+)?)/\\S*`,
  `(?<!${letter}|[./-])(?<alone>${host}(?<=\\.(?:${tops})))(?![\\p{M}\\p{N}-]|(?!${cjk})\\p{L}|\\.\\p{L})`,
]
const namedHosts = new RegExp(named.join('|'), 'gu')

/** Signs that are drawn like the dots and slashes of an address. */
const dots = /(?<=[a-z\d-])[\u3002\uff61\u2024\u06d4\u0701\u0702](?=[a-z\d])/g
const slashes = /[\u2044\u2215\u29f8\uff0f]/g

/**
 * A link whose words name a host of another owner than the one it leads to, in whatever letters; null where they name
 * none, or that one. Words with a dot, such as `Node.js`, are none.
 *
 * @param text what readers see of the link
 * @param hosts where it leads, as `hostsOf` has it
 */
export function maskOf(text: string, hosts: string[]): Mask | null {
  const [leadsTo] = hosts
  if (leadsTo === undefined) return null
  const plain = text
    .slice(0, longestRead)
    .replace(slashes, '/')
    .normalize('NFKC')
    .replace(invisible, '')
    .toLowerCase()
    .replace(dots, '.')
    .replace(things, '')
  for (const { groups } of plain.matchAll(namedHosts)) {
    const found = Object.values(groups ?? {}).find((group) => group !== undefined) as string
    const readings = readingsOf(found)
    const [shown] = readings
    if (shown !== undefined && !readings.some((one) => hosts.some((real) => isSameOwner(one, real))))
      return { shown, host: leadsTo }
  }
  return null
}

const cjkLetter = new RegExp(cjk, 'u')

/** What a named host can be read as: all of it, or what is in it of Latin letters between Japanese words. */
function readingsOf(found: string): string[] {
  const [typed = ''] = /^[\p{L}\p{M}\p{N}._[\]:-]+/u.exec(found) ?? []
  const bare = typed.startsWith('[') ? typed : typed.replace(/:.*$/, '')
  const latin = cjkLetter.test(bare) ? (bare.match(/[a-z\d][a-z\d.-]*\.[a-z\d]*[a-z\d]/g) ?? []) : []
  return [bare, ...latin].flatMap((host) => {
    if (!URL.canParse(`http://${host}/`)) return []
    return new URL(`http://${host}/`).hostname.replace(/^www\.|\.$/g, '') || []
  })
}
