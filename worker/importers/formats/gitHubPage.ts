import type { SourceComment, SourcePage } from '../entry.ts'
import type { ReadOptions } from '../importer.ts'
import { addressOf } from '../json/entryOf.ts'
import { type Fields, idIn, textIn, textOrNull } from '../json/fields.ts'

/** Those who may write to a repository, in the words of GitHub's API. */
const staff = ['OWNER', 'MEMBER', 'COLLABORATOR']

/**
 * The page that an issue or a discussion is of. utterances and giscus write its address in the last line of the first
 * text, and its heading in the first; the title is a path, an address or a title, as the site chose.
 *
 * @param address where the issue is at GitHub, for want of anything better: it can be mapped to a page
 */
export function gitHubPage(title: string, body: string, address: string, options: ReadOptions): SourcePage {
  const lines = body.split('\n').flatMap((line) => line.trim() || [])
  const heading = /^# +(.+)$/.exec(lines[0] ?? '')?.[1]
  return { address: pageAddress(title, lines.at(-1) ?? '', options) || address, title: heading || title }
}

function pageAddress(title: string, lastLine: string, options: ReadOptions): string {
  const link = /^\[?(https?:\/\/[^\s\])]+)(\]\(.*\))?$/i.exec(lastLine)?.[1]
  if (link && !/^https?:\/\/(\w+\.)*github\.com\//i.test(link)) return link
  if (/^https?:\/\//i.test(title)) return title
  if (title === 'index') return addressOf('/', options)
  return /^[\w\-./~%+@!$&'()*,;=]+$/.test(title) ? addressOf(`/${title.replace(/^\/+/, '')}`, options) : ''
}

/** Whoever wrote something at GitHub; GitHub itself calls those who are gone `ghost`. */
export function gitHubAuthor(user: Fields | null, association: string): SourceComment['author'] {
  const login = textIn(user, 'login')
  return {
    name: login || 'ghost',
    email: null,
    url: textOrNull(user, 'html_url') ?? (login ? `https://github.com/${login}` : null),
    identity: idIn(user, 'login'),
    isStaff: staff.includes(association),
  }
}

/** What was typed, Markdown, or else the HTML made of it. */
export function gitHubBody(fields: Fields): Pick<SourceComment, 'body' | 'form'> {
  const body = textIn(fields, 'body')
  return body === ''
    ? { body: textIn(fields, 'bodyHTML', 'body_html'), form: 'html' }
    : { body, form: 'markdown' }
}
