import type { Broken } from '../entry.ts'

/** A comment as a file of YAML has it. All its values are texts. */
export interface StaticmanRecord {
  /** The page, as the file's place tells it. */
  folder: string
  /** What tells it from others of the page, where it has no id. */
  name: string
  fields: ReadonlyMap<string, string>
  line: number
  /** It cannot be brought, and has a place among the others all the same. */
  isBroken: boolean
}

const texts = ['message', 'comment', 'body', 'content', 'text']
const names = ['name', 'author', 'nick']
const dates = ['date', 'published', 'created', 'timestamp']

/** Whether a text is a comment's file, or one of several: Staticman's own names, and those of its forerunners. */
export const looksLikeStaticman = (path: string, head: string) =>
  /\.(ya?ml|json)$/i.test(path) &&
  hasKey(head, names) &&
  hasKey(head, dates) &&
  hasKey(head, [...texts, '_id', '_parent', 'replying_to'])

const hasKey = (head: string, keys: string[]) =>
  new RegExp(`^[ \\t{,-]*["']?(${keys.join('|')})["']?\\s*:`, 'm').test(head)

/**
 * The folder of a path is the page's name: what is below `comments`, else the last folder. A file of several comments is
 * a page by its own name.
 */
function placeOf(path: string): { folder: string; name: string } {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  const name = (parts.pop() ?? '').replace(/\.\w+$/, '')
  const at = parts.findLastIndex((part) => /^_?comments$/.test(part))
  return { folder: (at < 0 ? parts.slice(-1) : parts.slice(at + 1)).join('/'), name }
}

/** The comments of a file: one, a list, several documents, or names with comments or lists of them. */
export async function recordsOf(path: string, text: string): Promise<(StaticmanRecord | Broken)[]> {
  const { LineCounter, parseAllDocuments } = await import('yaml')
  const { folder, name } = placeOf(path)
  const found: (StaticmanRecord | Broken)[] = []
  const broken = (message: string, line: number) =>
    found.push({ kind: 'broken', line, message: `${path}: ${message}` })

  const take = (value: unknown, page: string, own: string, depth: number) => {
    if (Array.isArray(value)) {
      const of = page || name
      for (const [at, one] of value.entries()) take(one, of, `${own}-${at + 1}`, depth + 1)
    } else if (value instanceof Map) {
      const has = (keys: string[]) => keys.some((key) => typeof value.get(key) === 'string')
      if (has(texts) || (has(names) && has(dates))) {
        const fields = [...value].filter(([, one]) => typeof one === 'string')
        found.push({ folder: page, name: own, fields: new Map(fields), line: 1, isBroken: false })
      } else if (depth < 3)
        for (const [key, one] of value)
          take(one, Array.isArray(one) ? [page, key].filter(Boolean).join('/') : page, String(key), depth + 1)
    }
  }

  const lines = new LineCounter()
  try {
    // Texts alone: no value becomes a number, a date or anything else.
    const options = { schema: 'failsafe', logLevel: 'silent', uniqueKeys: false, lineCounter: lines } as const
    const documents = parseAllDocuments(text, options)
    for (const document of Array.isArray(documents) ? documents : []) {
      const [error] = document.errors
      if (error) {
        broken(error.message.split('\n')[0] ?? '', lines.linePos(error.pos[0]).line)
        found.push({ folder, name, fields: simpleFields(text), line: 1, isBroken: true })
      }
      // A bomb of aliases is refused here.
      else take(document.toJS({ mapAsMap: true, maxAliasCount: 100 }), folder, name, 0)
    }
  } catch (error) {
    broken((error as Error).message, 1)
  }
  return found
}

/** What stands in lines of its own. */
const simpleFields = (text: string) =>
  new Map(
    [...text.matchAll(/^(\w+):(.*)$/gm)].map(([, key = '', value = '']) => [key, unquoted(value.trim())]),
  )

const unquoted = (value: string) => {
  const [quote = ''] = value
  return /['"]/.test(quote) && value.length > 1 && value.endsWith(quote) ? value.slice(1, -1) : value
}
