import type { ThreadPage } from '../contract/thread.ts'
import type { Rows } from './threadRows.ts'
import { commentJson, commentView } from './view.ts'

/** A page as it was read. */
export interface ReadPage {
  head: ThreadPage['thread']
  rows: Rows
  /** By author. */
  badges: Map<string, string>
}

/** The page as readers get it. */
export function pageView(page: ReadPage): ThreadPage {
  const items = page.rows.listed.map(({ row, next }) => commentView(row, { badges: page.badges, next }))
  return { ...restOf(page), items }
}

/** The same as JSON. Trees go into it as they are stored, and are neither parsed nor written. */
export function pageJson(page: ReadPage): string {
  const items = page.rows.listed.map(({ row, next }) => commentJson(row, { badges: page.badges, next }))
  return `{"items":[${items}],${JSON.stringify(restOf(page)).slice(1)}`
}

function restOf({ head, rows }: ReadPage): Omit<ThreadPage, 'items'> {
  const { listed: _, upTo = head.version, ...cursors } = rows
  return { thread: { ...head, version: upTo }, ...cursors }
}
