import { pageBytes } from '../contract/pageLimits.ts'
import type { ShownRow } from '../store/shownRow.ts'

/** How an answer says its comments: as JSON; as HTML; or as HTML for readers and as JSON for scripts and search engines. */
export type Form = 'json' | 'html' | 'element'

/** What takes more bytes once it stands in HTML than in a stored tree, by 13 at most in all forms of an element. */
const swelling = /[<&]|\\"|"href"/g
const swell = 13

/** What HTML says around a comment, in bytes: so that a page of many short ones ends, too. Of JSON it is little. */
const around = { json: 0, html: 1000, element: 1650 }

/** What a comment takes of an answer, at most, in bytes of UTF-8. */
function sizeOf({ bytes, content }: ShownRow, form: Form): number {
  if (form === 'json') return bytes
  const swollen = swell * (content?.match(swelling)?.length ?? 0)
  return around[form] + swollen + (form === 'html' ? bytes : 3 * bytes)
}

/** What an answer has room for. It is full at the first comment that does not fit; one comment always does. */
export class PageRoom {
  private readonly form: Form
  private readonly bytes: number
  private used = 0
  private full = false

  constructor(form: Form, bytes = pageBytes) {
    this.form = form
    this.bytes = bytes
  }

  /** Takes a comment in, or ends the page before it. */
  takes(row: ShownRow): boolean {
    const size = sizeOf(row, this.form)
    if (this.used > 0 && this.used + size > this.bytes) this.full = true
    if (!this.full) this.used += size
    return !this.full
  }

  /** The comments of a list up to where the page is full. */
  taken<Row extends ShownRow>(rows: Row[]): Row[] {
    const end = rows.findIndex((row) => !this.takes(row))
    return end < 0 ? rows : rows.slice(0, end)
  }
}
