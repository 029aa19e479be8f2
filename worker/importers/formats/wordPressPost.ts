import type { LeftOutReason } from '../../contract/imports.ts'
import type { Entry, LeftOut, SourceComment, SourcePage } from '../entry.ts'
import { plainText } from '../html/plainText.ts'
import { readXml, type XmlShape } from '../xml/reader.ts'
import type { XmlRecord } from '../xml/record.ts'

/** Characters of comments that are held until their post says whether it is public. */
const mostHeld = 2 * 1024 * 1024

/** Why the comments of a post are not brought, by the post's status; those of no name here are private. */
const reasons = new Map<string, LeftOutReason | null>([
  ['', null],
  ['publish', null],
  ['closed', null],
  ['draft', 'draft'],
  ['auto-draft', 'draft'],
  ['pending', 'draft'],
  ['future', 'draft'],
  ['trash', 'no_page'],
])

/** A post, page, attachment or whatever has comments in WordPress's export. */
export class WordPressPost {
  static readonly fields = [
    ...['title', 'link', 'wp:post_id', 'wp:post_parent', 'wp:status', 'wp:post_type', 'wp:post_password'],
    'wp:comment_status',
  ]

  readonly record: XmlRecord
  readonly #hiddenPosts: () => Promise<ReadonlyMap<string, LeftOutReason>>
  #held: { entry: SourceComment | LeftOut; isReview: boolean }[] = []
  #heldSize = 0
  #isTold = false

  /**
   * @param record its item, as far as it was read
   * @param hiddenPosts tells which posts of the file are not public, by their ids
   */
  constructor(record: XmlRecord, hiddenPosts: () => Promise<ReadonlyMap<string, LeftOutReason>>) {
    this.record = record
    this.#hiddenPosts = hiddenPosts
  }

  /** Its blog's address, without what changes when a blog moves to https. */
  get blog(): string {
    const channel = this.record.within
    const address = channel?.text('wp:base_blog_url') || channel?.text('link') || ''
    return withoutSlashes(address.replace(/^https?:\/\/(www\.)?/i, ''))
  }

  get page(): SourcePage {
    const id = this.record.text('wp:post_id')
    const channel = withoutSlashes(this.record.within?.text('link') ?? '')
    return {
      address: this.record.text('link') || (id ? `${channel}/?p=${id}` : ''),
      title: plainText(this.record.text('title')),
    }
  }

  /**
   * A comment more. What can be told of the post by now is yielded.
   *
   * @param isReview whether it is of a shop's product: one that is not public is counted as a review
   */
  async *take(entry: SourceComment | LeftOut, isReview: boolean): AsyncGenerator<Entry> {
    this.#held.push({ entry, isReview })
    this.#heldSize += 500 + (entry.kind === 'comment' ? entry.body.length : 0)
    const isHeadRead = this.record.has('wp:status') && this.record.has('wp:post_password')
    if (isHeadRead || this.#heldSize > mostHeld) yield* this.#told(isHeadRead)
  }

  /** All that is held, since no more will come. */
  async *ended(): AsyncGenerator<Entry> {
    yield* this.#told(true)
  }

  async *#told(isHeadRead: boolean): AsyncGenerator<Entry> {
    // Only comments are worth a look for the post of an attachment.
    if (this.#held.length === 0 && !this.#isClosedPage) return
    const page = this.page
    const hidden = isHeadRead || this.record.has('wp:status') ? await this.#hidden() : 'private'
    const reason = hidden ?? (page.address ? null : 'no_page')
    if (
      !this.#isTold &&
      !reason &&
      (this.#isClosedPage || this.#held.some(({ entry }) => entry.kind === 'comment'))
    ) {
      this.#isTold = true
      yield { kind: 'thread', page, closed: this.#isClosed }
    }
    const held = this.#held
    this.#held = []
    this.#heldSize = 0
    for (const { entry, isReview } of held) {
      if (entry.kind === 'leftOut' || !reason) yield entry
      else {
        const { id, parentId, line } = entry
        yield { kind: 'leftOut', reason: isReview ? 'review' : reason, id, parentId, line }
      }
    }
  }

  get #isClosed(): boolean {
    return this.record.text('wp:comment_status') === 'closed'
  }

  /** Menus, pictures and the like are closed, too, and nobody reads them as pages. */
  get #isClosedPage(): boolean {
    return this.#isClosed && /^(post|page|)$/.test(this.record.text('wp:post_type'))
  }

  /** Why its comments are not brought. */
  async #hidden(): Promise<LeftOutReason | null> {
    const reason = hiddenReason(this.record)
    const parent = this.record.text('wp:post_parent')
    if (reason !== undefined) return reason
    return /^0*$/.test(parent) ? null : ((await this.#hiddenPosts()).get(parent) ?? null)
  }
}

/** A text without the slashes at its end, in time by its length: a pattern would look at each slash as a beginning. */
function withoutSlashes(text: string): string {
  let end = text.length
  while (text[end - 1] === '/') end--
  return text.slice(0, end)
}

/** Why a post's comments are not brought; undefined where it is as public as its parent. */
function hiddenReason(record: XmlRecord): LeftOutReason | null | undefined {
  if (record.text('wp:post_password')) return 'password'
  const status = record.text('wp:status')
  if (status === 'inherit') return undefined
  const reason = reasons.get(status)
  return reason === undefined ? 'private' : reason
}

/** Why posts of a file are hidden, by their ids: those that are. It reads the whole file. */
export async function hiddenPosts(
  text: AsyncIterable<string>,
  { prefixOf }: XmlShape,
): Promise<ReadonlyMap<string, LeftOutReason>> {
  const hidden = new Map<string, LeftOutReason>()
  const records = { 'rss/channel/item': ['wp:post_id', 'wp:status', 'wp:post_password'] }
  for await (const found of readXml(text, { prefixOf, records })) {
    const reason = found.kind === 'record' && hiddenReason(found)
    if (reason) hidden.set(found.text('wp:post_id'), reason)
  }
  return hidden
}
