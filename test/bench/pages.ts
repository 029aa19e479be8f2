import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { listen } from '../../worker/host/serve/publicServer.ts'
import { article, snippet } from '../e2e/article.ts'
import { freePort } from '../server.ts'
import { findChromium } from '../steps/browser.ts'
import { probe, type Seen } from './probe.ts'
import type { Served } from './serving.ts'
import { keyOf, site } from './threads.ts'

/** Lighthouse's Slow 4G, and a processor four times slower. */
const network = {
  offline: false,
  latency: 150,
  downloadThroughput: (1638.4 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
}
const slowdown = 4

/** Milliseconds that a page is watched after its first comment: what comes late shifts, too. */
const after = 1500
const runs = 5

/** A page of somebody else's site, loaded once. */
export interface Load extends Seen {
  bytes: number
  /** Requests by host until the first comment was painted. */
  requests: Map<string, number>
  /** Milliseconds of JavaScript, of the article's page and all that it loads. */
  script: number
}

/** A kind of page, with what was seen of each load; null where the product has nothing for it. */
export interface Loads {
  what: string
  loads: Load[] | null
}

const text = `<p>${'The harbour lay still, and nobody spoke of the bridge. '.repeat(6)}</p>`.repeat(2)
const footer = '<footer><p>Written by the harbour.</p><p>All rights reserved.</p></footer>'
const icon = '<link rel="icon" href="data:,">'
/** What README advises where something stands in view below the thread. */
const room =
  '<style>@media (scripting: enabled) { hankyo-thread:not(:defined) { display: block; min-height: 100vh } }</style>'

/** Loads each kind of page some times, in turns, each time in a browser that has seen none of it. */
export async function pages(product: Served): Promise<{ kinds: Loads[]; host: string }> {
  const { url } = product
  const key = keyOf(100)
  const rendered = await fetch(`${url}/v1/sites/${site}/thread.html?key=${key}`)
  const html = rendered.ok
    ? (await rendered.text()).replace(/<script [^>]*embed\.js[^>]*><\/script>/, '')
    : null
  const embed = `<script type="module" src="${url}/embed.js"></script>`
  const bodies: [string, string | null][] = [
    ['empty page', text + footer],
    ['article', text + snippet(url, `key="${key}"`)],
    ['with a footer', room + text + snippet(url, `key="${key}"`) + footer],
    ['as served', html && text + embed + html + footer],
    ['… no script', html && text + html + footer],
  ]
  const executablePath = findChromium({ timed: true })
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ]
  const browser = await chromium.launch({ args, ...(executablePath && { executablePath }) })
  try {
    const kinds = bodies.map(([what, body]): Loads => ({ what, loads: body === null ? null : [] }))
    for (let run = 0; run < runs; run++)
      for (const [at, [, body]] of bodies.entries())
        if (body !== null) kinds[at]?.loads?.push(await loaded(browser, body))
    return { kinds, host: new URL(url).host }
  } finally {
    await browser.close()
  }
}

async function loaded(browser: Browser, body: string): Promise<Load> {
  const site = await article({ head: icon, body })
  // Compresses, as any site's server does.
  const port = await freePort()
  const front = await listen({ host: '127.0.0.1', port, trustProxy: false })
  front.open(new URL(site.url))
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
  try {
    return await watched(await context.newPage(), `http://127.0.0.1:${port}`)
  } finally {
    await context.close()
    await front.close()
    site.close()
  }
}

async function watched(page: Page, url: string): Promise<Load> {
  const session = await page.context().newCDPSession(page)
  const traffic = await trafficOf(session)
  await session.send('Performance.enable')
  await session.send('Network.emulateNetworkConditions', network)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(probe)
  await page.goto(url, { waitUntil: 'commit' })
  await page.evaluate(() => window.painted)
  const requests = new Map(traffic.requests)
  await delay(after)
  const { metrics } = await session.send('Performance.getMetrics')
  const script = 1000 * (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN)
  return { ...(await page.evaluate(() => window.seen)), bytes: traffic.bytes, requests, script }
}

/** Counts what a page sends for and gets from now on. */
async function trafficOf(session: CDPSession) {
  const traffic = { bytes: 0, requests: new Map<string, number>() }
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (!/^https?:/.test(request.url)) return
    const { host } = new URL(request.url)
    traffic.requests.set(host, (traffic.requests.get(host) ?? 0) + 1)
  })
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    traffic.bytes += encodedDataLength
  })
  return traffic
}
