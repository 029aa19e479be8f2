import type { Entry, SourceComment, SourceTime } from '../entry.ts'
import type { FolderFile, FolderImporter } from '../importer.ts'
import { sourceTime } from '../sourceTime.ts'
import { markdownOrHtml } from './markup.ts'
import { looksLikeStaticman, recordsOf, type StaticmanRecord } from './staticmanRecord.ts'
import { placed } from './staticmanTree.ts'

/** Characters of one file, and of all: they are all read before the first is told, since answers name places. */
const largestFile = 8 * 1024 * 1024
const largest = 64 * 1024 * 1024

/**
 * Comments that Staticman, or a plugin like it, put into a site's own repository: a file of YAML or JSON each, in a folder
 * a page, or several in one. Its owner let each in, unless they switched that off.
 */
export const staticman: FolderImporter = {
  format: 'staticman',
  detectFile: looksLikeStaticman,
  async *readFiles(files, { origin }) {
    const records: StaticmanRecord[] = []
    let size = 0
    for await (const file of files) {
      const text = await textOf(file)
      if (text === null) {
        yield { kind: 'broken', line: 1, message: `${file.path} is larger than any comment is.` }
        continue
      }
      size += text.length
      if (size > largest) {
        yield { kind: 'broken', line: 1, message: `There is too much to read from ${file.path} on.` }
        break
      }
      for (const record of await recordsOf(file.path, text))
        if ('kind' in record) yield record
        else records.push(record)
    }
    for (const { record, id, parentId } of placed(records))
      if (!record.isBroken) yield entryOf(record, id, parentId, origin)
  },
}

async function textOf({ text }: FolderFile): Promise<string | null> {
  let all = ''
  for await (const piece of text) {
    all += piece
    if (all.length > largestFile) return null
  }
  return all
}

function entryOf(
  { fields, folder, line }: StaticmanRecord,
  id: string,
  parentId: string | null,
  origin: string,
): Entry {
  const first = (...names: string[]) =>
    names.map((name) => fields.get(name)).find((value) => value && value !== 'null' && value !== '~') ?? ''
  const body = first('message', 'comment', 'body', 'content', 'text')
  const named = ['_parent', 'permalink', 'page', 'path', 'post_id', 'slug'].map((name) => first(name))
  const whole = named.find((value) => /^(\/|https?:\/\/)/.test(value))
  const name = first('slug', 'post_id', 'page') || folder
  const address = whole ?? (name && origin ? `${origin}/${name}` : name)
  if (address === '') return { kind: 'leftOut', reason: 'no_page', id, parentId, line }
  if (body.trim() === '') return { kind: 'leftOut', reason: 'empty', id, parentId, line }
  const email = first('email', 'mail')
  const edited = first('updated', 'modified')
  const createdAt = timeOf(first('date', 'published', 'created', 'timestamp'))
  const editedAt = edited ? timeOf(edited) : null
  return {
    ...{ kind: 'comment', id, parentId, page: { address, title: '' } },
    author: {
      name: first('name', 'author', 'nick'),
      email: email.includes('@') ? email : null,
      url: first('url', 'website', 'link', 'site') || null,
      // A hash of the address, as most sites keep it.
      identity:
        /^[0-9a-f]{32,64}$/i.test(email) && !/^(0+|d41d8cd98f00b204e9800998ecf8427e)$/i.test(email)
          ? email
          : null,
      isStaff: false,
    },
    ...{ body, form: markdownOrHtml(body), createdAt },
    editedAt: editedAt === createdAt ? null : editedAt,
    ...{ status: 'approved', decided: true, likes: 0, pinned: false, line },
  } satisfies SourceComment
}

/** A time in ISO 8601, or in seconds or milliseconds since the epoch. */
function timeOf(text: string): SourceTime {
  if (!/^\d{9,14}(\.\d+)?$/.test(text)) return sourceTime(text)
  const number = Number(text)
  return Math.round(number < 100_000_000_000 ? number * 1000 : number)
}
