import type { Rule } from '../facts.ts'
import { domainOf } from '../text/domain.ts'
import { hostsOf } from './links.ts'

/** Links to a domain of the site's own list, or under one. */
export const deniedDomain: Rule = ({ links, lists }) => {
  if (links.length === 0 || lists.domains.length === 0) return null
  const denied = domainsOf(lists.domains)
  const host = links.flatMap(hostsOf).find((host) => upwards(host).some((domain) => denied.has(domain)))
  return host === undefined ? null : { code: 'denied_domain', weight: 10, params: { host } }
}

const known = new WeakMap<readonly string[], Set<string>>()

function domainsOf(list: readonly string[]): Set<string> {
  const before = known.get(list)
  if (before) return before
  const domains = new Set(list.map(domainOf).filter((domain) => domain !== null))
  known.set(list, domains)
  return domains
}

/** A host and every domain it lies under. */
function upwards(host: string): string[] {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}
