import type { Rule } from '../facts.ts'
import { shorteners } from '../text/shorteners.ts'
import { hostsOf, isUnder } from './links.ts'

/** Links through a service that hides where they lead. */
export const shortener: Rule = ({ links }) => {
  const hosts = new Set(links.flatMap(hostsOf).filter((host) => shorteners.some((one) => isUnder(host, one))))
  if (hosts.size === 0) return null
  return { code: 'shortener', weight: 2, params: { hosts: [...hosts].slice(0, 5) } }
}
