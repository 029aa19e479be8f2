import type { Rule } from '../facts.ts'

/** More links than the site allows; each further one weighs more. The author's own website counts. */
export const links: Rule = ({ links, settings }) => {
  const hosts = new Set(links.flatMap(hostsOf))
  if (links.length <= settings.maxLinks) return null
  return {
    code: 'links',
    weight: Math.min(8, 2 + (links.length - settings.maxLinks)),
    params: { count: links.length, limit: settings.maxLinks, hosts: [...hosts].slice(0, 5) },
  }
}

/** The host of a link, or the domains of a mail address or several; without leading `www.` and final dot. */
export function hostsOf(href: string): string[] {
  const url = new URL(href)
  const hosts =
    url.protocol === 'mailto:'
      ? Array.from(unescaped(href).matchAll(/@([^@,?&\s]+)/g), ([, host]) => host as string)
      : [url.hostname]
  return hosts.map((host) => host.toLowerCase().replace(/^www\.|\.$/g, ''))
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A host and every domain that it is under. */
export const domainsOver = (host: string): string[] =>
  host.split('.').map((_, at, labels) => labels.slice(at).join('.'))

/** Whether a host is a domain or lies under it. */
export function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}
