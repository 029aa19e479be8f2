import * as v from 'valibot'
import { wordsOn } from '../../widget/thread/server.tsx'
import type { Ctx } from '../access/identity.ts'
import type { ErrorCode } from '../contract/errors.ts'
import { line } from '../contract/input.ts'
import { limits } from '../contract/limits.ts'
import { plainPageHeaders } from '../http/headers.ts'
import { preferred } from '../http/language.ts'
import type { Refusal } from '../http/refusal.ts'
import { document, escaped, styles } from './threadElement.ts'

type Words = ReturnType<typeof wordsOn>
type Word = Parameters<Words['say']>[0]

/** What is wrong, and what its reader can do; of what is not named here the link is to blame. */
const told: Partial<Record<ErrorCode, [wrong: Word, todo?: Word]>> = {
  unknown_site: ['unknown_site', 'tellOwner'],
  wrong_origin: ['wrong_origin', 'tellOwner'],
  too_large: ['too_large', 'goBack'],
  not_configured: ['internal', 'tellOwner'],
  internal: ['internal'],
  unavailable: ['internal'],
}

/** A refusal as a page, for readers without a script: what is wrong, what to do, and what they had written. */
export function refusePlainly(c: Ctx, { code, status }: Refusal): Response {
  const sent = c.get('sent') ?? {}
  const { pathname, search, origin } = new URL(c.req.url)
  const [wrong, todo] = told[code] ?? ['badLink', 'noPage']
  const lang = c.req.query('lang') || sent.lang || preferred(c.req.header('accept-language')) || 'en'
  const words = wordsOn(lang)
  const passing = status >= 500
  // Only what the form of a page of our own sent may be sent on from here.
  const again = passing && c.req.header('origin') === origin ? pathname : null
  const key = v.safeParse(line(limits.key), c.req.query('key') ?? sent.key)
  const leads = code !== 'unknown_site' && /^\/t\/[\w-]+$/.test(pathname) && key.success && key.output
  for (const [name, value] of Object.entries(plainPageHeaders)) c.header(name, value)
  const title = escaped(words.say(wrong))
  const html = document(words.tag, [
    `<title>${title}</title><meta name="robots" content="noindex">${styles}`,
    `</head><body><main><h1>${title}</h1>`,
    todo && `<p>${escaped(words.say(todo))}</p>`,
    sent.body && givenBack(words, sent, again),
    passing && c.req.method === 'GET' && link(pathname + search, words.say('retry')),
    leads && link(`${pathname}?${new URLSearchParams({ key: key.output, lang })}`, words.say('comments')),
  ])
  return c.html(html, status as 400)
}

const link = (href: string, text: string) => `<p><a href="${escaped(href)}">${escaped(text)}</a></p>`

/** What was written, to be copied, or sent again to where it can be. */
function givenBack({ say }: Words, { body = '', ...others }: Record<string, string>, again: string | null) {
  const field = [
    `<div><label for="body" class="quiet">${escaped(say('written'))}</label>`,
    // The first line break in a textarea is none of its text.
    `<textarea id="body" name="body" dir="auto"${again ? '' : ' readonly'}>\n${escaped(body)}</textarea></div>`,
  ]
  const form = again
    ? [
        `<form part="composer" method="post" action="${escaped(again)}">`,
        ...field,
        ...Object.entries(others).map(hidden),
        `<footer class="actions"><button type="submit" class="send"><span>${escaped(say('retry'))}</span></button>`,
        '</footer></form>',
      ]
    : ['<form>', ...field, '</form>']
  return ['<section class="thread">', ...form, '</section>'].join('')
}

const hidden = ([name, value]: [string, string]) =>
  `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`
