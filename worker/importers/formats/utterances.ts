import type { Entry, SourcePage } from '../entry.ts'
import type { Importer } from '../importer.ts'
import { entryOf } from '../json/entryOf.ts'
import { countIn, flagIn, idIn, objectIn, textIn, timeIn } from '../json/fields.ts'
import { has, rootObjects } from '../json/head.ts'
import { lookUp, readEntries } from '../json/readEntries.ts'
import { gitHubAuthor, gitHubBody, gitHubPage } from './gitHubPage.ts'

const places = ['$.*', '$.*.*']

/**
 * What GitHub's API answers of the issues that utterances keeps comments in: `gh api --paginate repos/O/R/issues?state=all`
 * and `gh api --paginate repos/O/R/issues/comments`, one after the other in one file, in any order. Comments of pull
 * requests are left out. GitHub shows comments at once, and the answers do not say who decided.
 */
export const utterances: Importer = {
  format: 'utterances',
  detect: (head) =>
    rootObjects(head).some(
      (one) => (has(one, 'issue_url') || has(one, 'comments_url', 'number')) && has(one, 'html_url', 'user'),
    ),
  async *read(text, options) {
    const issues = new Map<string, { page: SourcePage; closed: boolean; isPull: boolean }>()
    await lookUp(text, places, (fields) => {
      if (has(fields, 'issue_url') || !has(fields, 'comments_url')) return
      const page = gitHubPage(
        textIn(fields, 'title'),
        textIn(fields, 'body'),
        textIn(fields, 'html_url'),
        options,
      )
      const isPull = objectIn(fields, 'pull_request') !== null
      issues.set(textIn(fields, 'url'), { page, closed: flagIn(fields, 'locked'), isPull })
    })
    yield* readEntries(text, places, (fields, { line }): Entry | Entry[] => {
      const issue = issues.get(textIn(fields, 'issue_url', 'url'))
      if (!has(fields, 'issue_url')) {
        return issue?.closed && !issue.isPull ? { kind: 'thread', page: issue.page, closed: true } : []
      }
      const id = idIn(fields, 'id')
      if (issue?.isPull) return { kind: 'leftOut', reason: 'unknown_type', id, parentId: null, line }
      return entryOf({
        id,
        parentId: null,
        page: issue?.page ?? { address: textIn(fields, 'html_url').replace(/#.*/, ''), title: '' },
        author: gitHubAuthor(objectIn(fields, 'user'), textIn(fields, 'author_association')),
        ...gitHubBody(fields),
        createdAt: timeIn(fields, 'created_at'),
        editedAt: null,
        status: 'approved',
        decided: false,
        likes: countIn(objectIn(fields, 'reactions'), '+1'),
        pinned: false,
        line,
      })
    })
  },
}
