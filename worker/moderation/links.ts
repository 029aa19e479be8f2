import type { Rule } from './facts.ts'

/** More links than the site allows; each further one weighs more. The author's own website counts. */
export const links: Rule = ({ links, settings }) => {
  const hosts = new Set(links.map(hostOf))
  if (links.length <= settings.maxLinks) return null
  return {
    code: 'links',
    weight: Math.min(8, 2 + (links.length - settings.maxLinks)),
    params: { count: links.length, limit: settings.maxLinks, hosts: [...hosts].slice(0, 5).join(', ') },
  }
}

/** The host of a link without a leading `www.`, or the domain of a mail address. */
export function hostOf(href: string): string {
  const url = new URL(href)
  const host = url.protocol === 'mailto:' ? (url.pathname.split('@').pop() ?? '') : url.hostname
  return host.toLowerCase().replace(/^www\./, '')
}

/** Whether a host is a domain or lies under it. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
