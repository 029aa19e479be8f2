import type * as v from 'valibot'
import { languageOf } from '../../../widget/common/i18n.ts'
import { requireSite } from '../../access/gate.ts'
import type { Ctx } from '../../access/identity.ts'
import { type Letter, type ListedLetter, letterHtmlQuery, lettersQuery } from '../../contract/letters.ts'
import type { Page } from '../../contract/page.ts'
import { mailHeaders } from '../../http/headers.ts'
import { parse, single } from '../../http/input.ts'
import { Refusal } from '../../http/refusal.ts'
import { type LetterName, letterNames, letters, sampleLetter } from '../../letters/letters.ts'
import { inScheme } from '../../letters/styles.ts'
import { databaseOf } from '../../store/database.ts'
import * as sites from '../../store/sites.ts'

/** `GET /v1/letters` */
export async function getLetters(c: Ctx): Promise<Response> {
  const { locale, site } = await asked(c, queryOf(c))
  const items = letterNames.map((kind) => ({
    kind,
    audience: letters[kind].audience,
    subject: sampleLetter(kind, locale, site).subject,
  }))
  return c.json({ items, next: null } satisfies Page<ListedLetter>)
}

/** `GET /v1/letters/:kind` */
export async function getLetter(c: Ctx): Promise<Response> {
  return c.json(await letterAsked(c, queryOf(c)))
}

/** `GET /v1/letters/:kind/html` */
export async function getLetterHtml(c: Ctx): Promise<Response> {
  const { scheme, ...query } = parse(letterHtmlQuery, single(c.req.queries()))
  const { html } = await letterAsked(c, query)
  return c.html(scheme ? inScheme(html, scheme) : html, 200, mailHeaders)
}

type Query = v.InferOutput<typeof lettersQuery>

const queryOf = (c: Ctx): Query => parse(lettersQuery, single(c.req.queries()))

async function letterAsked(c: Ctx, query: Query): Promise<Letter> {
  const { locale, site } = await asked(c, query)
  const kind = letterNames.find((name): name is LetterName => name === c.req.param('kind'))
  if (!kind) throw new Refusal('not_found')
  return sampleLetter(kind, locale, site)
}

/** In which language and of which site. Without a site it is of the product. */
async function asked(c: Ctx, { lang, site: id }: Query) {
  if (id === undefined) return { locale: lang ?? 'en', site: { name: 'Hankyo' } } as const
  requireSite(c, 'letters.read', id, 'site')
  const site = await sites.find(databaseOf(c.env, id), id)
  if (!site) throw new Refusal('unknown_site', { field: 'site' })
  return { locale: lang ?? languageOf(site.locale).language, site }
}
