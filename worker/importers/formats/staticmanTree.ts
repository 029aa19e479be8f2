import type { StaticmanRecord } from './staticmanRecord.ts'

/** A comment, what it is called, and what it answers. */
export interface Placed {
  record: StaticmanRecord
  id: string
  parentId: string | null
}

/** What answers name: an id, or a place. */
const answers = ['replying_to', 'reply_to', 'replyTo', 'replyThread', 'parent', 'parent_id', '_parent']

/**
 * Comments in the order of their files, with what they answer. Templates for Jekyll number the comments of a page that
 * answer none, in the order of their files' names, and answers give that number; `2-1` is the first answer to the second
 * (mademistakes.com/articles/improving-jekyll-static-comments).
 */
export function placed(records: StaticmanRecord[]): Placed[] {
  const pages = grouped(records, ({ folder }) => folder)
  return [...pages.keys()].sort().flatMap((folder) => ofPage(pages.get(folder) ?? [], folder))
}

function ofPage(records: StaticmanRecord[], folder: string): Placed[] {
  const byName = records.toSorted((one, other) =>
    one.name < other.name ? -1 : one.name > other.name ? 1 : 0,
  )
  const ids = new Set(byName.map(idOf))
  const all = byName.map((record) => ({ record, id: idOf(record), answered: answerOf(record, ids) }))
  const answersTo = grouped(all, ({ answered }) => answered)
  /** Ids by place, such as `2` and `2-1`. */
  const places = new Map<string, string>()
  for (const [at, { id }] of (answersTo.get('') ?? []).entries()) {
    places.set(`${at + 1}`, id)
    for (const [below, answer] of (answersTo.get(`${at + 1}`) ?? []).entries())
      places.set(`${at + 1}-${below + 1}`, answer.id)
  }
  const parentOf = (answered: string) =>
    ids.has(answered) ? answered : (places.get(answered) ?? `${folder}#${answered}`)
  return all.map(({ record, id, answered }) => ({
    ...{ record, id },
    parentId: answered === '' ? null : parentOf(answered),
  }))
}

function grouped<Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

const idOf = ({ fields, folder, name }: StaticmanRecord) =>
  fields.get('_id') || fields.get('id') || (folder ? `${folder}/${name}` : name)

/** What a comment names as that which it answers; an empty text where it answers none. */
function answerOf({ fields }: StaticmanRecord, ids: ReadonlySet<string>): string {
  for (const name of answers) {
    const value = fields.get(name)?.trim() ?? ''
    if (value === '' || value === 'null' || value === '~' || value === 'false') continue
    // Staticman's own `_parent` may name the page.
    if (name === '_parent' && !ids.has(value) && !/^\d+(-\d+)*$/.test(value)) continue
    return value
  }
  return ''
}
