import type { Trouble } from '../model/loadable.ts'
import { isOver, type Model } from '../model/model.ts'
import { loopback } from '../model/page.ts'

/**
 * Tells whoever embeds the thread what they must set right before it works: on the console, and above the thread where
 * the page is served from their own machine, or where no site is named and nobody else can be meant to read there.
 */
export function advise(root: ShadowRoot, model: Model, { code, origins }: Trouble): void {
  const { host, site } = model
  const { origin, hostname } = location
  const advice =
    code === 'unknown_site'
      ? unknownSite(site, host, origin)
      : origins &&
        (globalThis.origin === 'null' ? noOrigin : foreignOrigin(site, host, origins.concat(origin)))
  if (!advice || isOver(model)) return
  console.error(`hankyo: ${advice.join('\n')}`)
  if (site && !loopback.test(hostname)) return
  const notice = document.createElement('div')
  notice.role = 'note'
  notice.lang = 'en'
  notice.dir = 'ltr'
  for (const words of site ? [...advice, 'Only pages on your own machine show this note.'] : advice) {
    const line = document.createElement(words.startsWith('npm ') ? 'pre' : 'p')
    line.textContent = words
    line.style.marginBlockEnd = '8px'
    notice.append(line)
  }
  root.querySelector('[role=note]')?.remove()
  root.prepend(notice)
  new MutationObserver(() => notice.remove()).observe(root.host, { attributes: true })
}

/** Tells of a canonical link that calls the page the home page. */
export function warnOfHome({ href }: HTMLLinkElement): void {
  console.warn(
    `hankyo: the canonical link of this page names the home page (${href}). It is not believed: mend it in the theme, or give the thread a data-key.`,
  )
}

const unknownSite = (site: string, host: string, origin: string) => [
  site ? `There is no site “${site}” at ${host}.` : '<hankyo-thread> needs the attribute site.',
  'Sites there are listed, and made, where it runs:',
  'npm run --silent admin -- site list',
  `npm run --silent admin -- site add ${site || 'ID'} --name "My site" --origin "${origin}"`,
]

const foreignOrigin = (site: string, host: string, origins: string[]) => [
  `Pages of ${origins.at(-1)} can read this thread but not write: the site “${site}” does not name that origin.`,
  `Add it where the worker runs, or in the settings at ${host}/dashboard:`,
  `npm run --silent admin -- site set ${site} ${origins.map((origin) => `--origin "${origin}"`).join(' ')}`,
]

/** Of a sandboxed frame or a file, whatever the address says. */
const noOrigin = [
  'This page has no origin, so it can read this thread but not write.',
  'Serve it by HTTP; if it is in a frame with sandbox, add allow-same-origin there.',
]
