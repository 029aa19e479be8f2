import * as v from 'valibot'
import { isRegistered } from '../../contract/origin.ts'
import { homeOf } from '../../contract/pageAddress.ts'
import { threadKey } from '../../contract/threadKey.ts'
import { fittedAddress } from './fit.ts'
import type { PlanOptions } from './options.ts'
import { pageMapping } from './pageRules.ts'

/** Where a page of the file is here. */
export interface Place {
  key: string
  /** Its address here; empty where none is known. */
  url: string
  /** The host that the file's address names, or nothing. */
  host: string
}

/** Why a page has no place here. */
export type Placeless = 'no_page' | 'unmapped' | 'too_long'

/** Tells where pages of a file are here: as the mapping says, by the one canonical form of a page's key. */
export function placing({ site, origin, pages }: PlanOptions): (address: string) => Place | Placeless {
  const mapped = pageMapping(pages)
  const home = origin || homeOf(site.origins)
  const known = new Map<string, Place | Placeless>()

  function place(address: string): Place | Placeless {
    const tidy = address
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/\p{Cc}+/gu, '')
      .trim()
      .replace(/^\/\/(?=[^/]+\.)/, 'https://')
    if (!tidy) return 'no_page'
    const there = mapped(tidy)
    if (!there) return 'unmapped'
    const parsed = v.safeParse(threadKey, there)
    if (!parsed.success) return /^too_long/.test(parsed.issues[0].message) ? 'too_long' : 'no_page'
    const key = parsed.output
    const { origin: own, host } = parts(there)
    const url = !key.startsWith('/')
      ? ''
      : isRegistered(own, site.origins)
        ? fittedAddress(there)
        : fittedAddress(home ? home + key : '')
    return { key, url, host: parts(tidy).host || host }
  }

  return (address) => {
    let found = known.get(address)
    if (found === undefined) {
      found = place(address)
      if (known.size >= 1000) known.clear()
      known.set(address, found)
    }
    return found
  }
}

const parts = (address: string) =>
  /^https?:/i.test(address) && URL.canParse(address) ? new URL(address) : { origin: '', host: '' }
