import { languageOf, say, type Values } from '../../widget/common/i18n.ts'
import { locales } from '../../widget/common/locales.ts'
import type { AuthorExport } from '../contract/authorExport.ts'
import { inLine, linkTo, quoted } from './markdownParts.ts'

interface Asked {
  /** BCP 47. */
  locale: string
  /** Whether it begins the text: then it says whom it is of, and what there is besides comments. */
  isFirst: boolean
  /** Milliseconds since the epoch. */
  now: number
}

/** What of an author's export the text has. */
export type ToldAuthor = Omit<AuthorExport, 'author' | 'notes' | 'next'> & {
  author: Pick<AuthorExport['author'], 'id' | 'site' | 'name'>
  /** Notes of staff, where they are meant to be read. */
  notes?: AuthorExport['notes']
}

/** The word for each state of a comment. */
const states = {
  pending: 'filePending',
  approved: 'fileApproved',
  rejected: 'fileRejected',
  spam: 'fileSpam',
  deleted: 'fileDeleted',
} as const

/** What a text begins with that does not have everything: it would be too long. */
export function cutText(locale: string): string {
  const { language, tag } = languageOf(locale)
  return `**${say(locales[language].personFile.fileCut ?? 'fileCut', tag)}**\n\n`
}

/**
 * What is kept of an author as Markdown to read, or a part of it: parts that follow each other are one text. What people wrote
 * is quoted as they wrote it.
 */
export function authorText(part: ToldAuthor, { locale, isFirst, now }: Asked): string {
  const { language, tag } = languageOf(locale)
  const { personFile, telling } = locales[language]
  const word = (name: string, values?: Values) => say(personFile[name] ?? name, tag, values)
  const moment = (at: string) =>
    new Date(at)
      .toLocaleString(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
      .concat(' UTC')
  const fact = (name: string, text: string | null) => (text ? [`- ${word(name)}: ${text}`] : [])
  const comments = part.items.map((item) =>
    [
      `## ${moment(item.createdAt)}`,
      [
        ...fact('filePage', linkTo(item.page.url, item.page.title || item.page.key)),
        ...fact('fileStatus', word(states[item.status])),
        ...fact('fileChanged', item.editedAt && moment(item.editedAt)),
        ...fact('fileName', inLine(item.name)),
        ...fact('fileEmail', item.email && inLine(item.email)),
        ...fact('fileUrl', item.url && inLine(item.url)),
      ].join('\n'),
      quoted(item.body),
      ...(item.appeal ? [`${word('fileAppeal')}:`, quoted(item.appeal)] : []),
      ...item.former.flatMap(({ revision, body }) => [`${word('fileFormer', { revision })}:`, quoted(body)]),
    ].join('\n\n'),
  )
  if (!isFirst) return `${comments.join('\n\n')}\n\n`
  const { author, notes = [], flags, subscriptions } = part
  const kinds = { fate: 'tellFate', replies: 'tellReplies', thread: 'followThread' } as const
  const told = subscriptions.map(
    ({ kind, page, since }) =>
      `- ${say(telling[kinds[kind]] ?? kind, tag)} · ${inLine(page)} · ${moment(since)}`,
  )
  const section = (name: string, parts: string[]) => (parts.length ? [`## ${word(name)}`, ...parts] : [])
  return `${[
    `# ${word('fileTitle', { site: inLine(author.site.name), name: inLine(author.name ?? author.id) })}`,
    word('fileMade', { time: moment(new Date(now).toISOString()) }),
    ...section('fileTold', told.length ? [told.join('\n')] : []),
    ...section(
      'fileFlags',
      flags.map(({ at, note }) => `${moment(at)}${note ? `\n\n${quoted(note)}` : ''}`),
    ),
    ...section(
      'fileNotes',
      notes.map(({ at, body }) => `${moment(at)}\n\n${quoted(body)}`),
    ),
    ...comments,
  ].join('\n\n')}\n\n`
}
