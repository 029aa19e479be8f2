import { isRegistered } from '../../contract/origin.ts'
import { small, unsigned } from './columns.ts'
import type { PlanOptions } from './options.ts'
import type { Place } from './placing.ts'
import type { SurveyPage, SurveyPages } from './survey.ts'

/** Pages whose titles and addresses are kept; of others, only what is counted. */
const told = 20_000

/** Merged pages that are shown, and addresses of each. */
const shownMerged = 100
const shownAddresses = 5

/** Keys without a path that are shown. */
const shownPathless = 5

/** The pages that a file brings comments to, by number. */
export class PageBook {
  readonly #numbers = new Map<string, number>()
  readonly #told: Pick<SurveyPage, 'title' | 'url' | 'address'>[] = []
  readonly #comments = unsigned()
  readonly #approved = unsigned()
  readonly #closed = small()
  readonly #first = unsigned()
  readonly #merged = new Map<number, Set<string>>()
  readonly #hosts = new Map<string, { comments: number; isOurs: boolean }>()
  #mergedCount = 0
  readonly #isMerged = small()

  /** The number of a page, which is new or not. */
  number(key: string): number {
    let number = this.#numbers.get(key)
    if (number === undefined) {
      number = this.#numbers.size
      this.#numbers.set(key, number)
    }
    return number
  }

  isClosed = (key: string): boolean => this.#closed.at(this.#numbers.get(key) ?? this.#numbers.size) === 1

  /** Notes that a page takes no more comments. */
  close(key: string): void {
    this.#closed.set(this.number(key), 1)
  }

  /** Notes a comment on a page. */
  add(
    number: number,
    place: Place,
    address: string,
    title: string,
    isApproved: boolean,
    { site }: PlanOptions,
  ) {
    if (number < told && !this.#told[number]) this.#told[number] = { title, url: place.url, address }
    this.#comments.set(number, this.#comments.at(number) + 1)
    if (isApproved) this.#approved.set(number, this.#approved.at(number) + 1)
    this.#noteAddress(number, address)
    if (!place.host) return
    const host = this.#hosts.get(place.host)
    if (host) host.comments++
    else if (this.#hosts.size < 1000)
      this.#hosts.set(place.host, {
        comments: 1,
        isOurs: ['https', 'http'].some((scheme) => isRegistered(`${scheme}://${place.host}`, site.origins)),
      })
  }

  #noteAddress(number: number, address: string): void {
    const print = printOf(address) || 1
    const first = this.#first.at(number)
    if (!first) this.#first.set(number, print)
    if (!first || first === print) return
    if (!this.#isMerged.at(number)) {
      this.#isMerged.set(number, 1)
      this.#mergedCount++
      const before = this.#told[number]?.address
      if (this.#merged.size < shownMerged) this.#merged.set(number, new Set(before ? [before] : []))
    }
    const addresses = this.#merged.get(number)
    if (addresses && addresses.size < shownAddresses) addresses.add(address)
  }

  /** All pages that get comments, those with most first. */
  list(): SurveyPage[] {
    const pages: SurveyPage[] = []
    for (const [key, number] of this.#numbers) {
      const comments = this.#comments.at(number)
      if (!comments) continue
      const { title, url, address } = this.#told[number] ?? { title: '', url: '', address: key }
      const approved = this.#approved.at(number)
      pages.push({ key, url, title, address, comments, approved, there: null, willShow: null })
    }
    return pages.sort((one, other) => other.comments - one.comments)
  }

  survey(): SurveyPages {
    const pages = this.list()
    const keys = new Map(
      [...this.#numbers].filter(([, number]) => this.#merged.has(number)).map(([a, b]) => [b, a]),
    )
    const pathless = pages.filter(({ key }) => !key.startsWith('/'))
    const hosts = [...this.#hosts].map(([host, counts]) => ({ host, ...counts }))
    return {
      count: pages.length,
      closed: pages.filter(({ key }) => this.isClosed(key)).length,
      most: pages.slice(0, 20),
      merged: {
        count: this.#mergedCount,
        first: [...this.#merged].map(([number, addresses]) => ({
          key: keys.get(number) ?? '',
          addresses: [...addresses],
        })),
      },
      pathless: {
        count: pathless.length,
        first: pathless.slice(0, shownPathless).map(({ key }) => key),
      },
      hosts: hosts.sort((one, other) => other.comments - one.comments).slice(0, 10),
    }
  }
}

/** 32 bits of a text by which it is told from others that come by chance (FNV-1a over its units). */
export function printOf(text: string): number {
  let print = 0x811c9dc5
  for (let index = 0; index < text.length; index++)
    print = Math.imul(print ^ text.charCodeAt(index), 0x01000193)
  return print >>> 0
}
