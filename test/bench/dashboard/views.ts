import { mostLatest } from '../../../worker/contract/authors.ts'
import { rare } from './crowd.ts'

/** Something that the dashboard asks for. */
export interface View {
  what: string
  path: string
  /** Rows that it may read besides six for each line that it shows. */
  besides: number
  /** Asked by who moderates twenty of the sites. */
  byModerator?: boolean
}

/** A comment and an author to be looked at closely, and the busiest thread. */
export interface Subjects {
  comment: string
  author: string
  thread: number
  from: string
  to: string
}

/** What any request reads besides. */
const usual = 90

const view = (what: string, path: string, besides = usual): View => ({ what, path, besides })

/** Tallies of fifty sites are added up, for what the tabs count and for their version. A reported comment has three reports. */
const list = (what: string, query: string) =>
  view(what, `queue?limit=50&${query}`, usual + 2 * 50 + (query.includes('flagged') ? 8 * 50 : 0))

/** A page of search results looks at the index three times at most, and at each comment that it proposes. */
const search = (what: string, typed: string, more = 'tab=all') =>
  view(`search ${what}`, `queue?limit=50&${more}&q=${encodeURIComponent(typed)}`, 3 * 6 * 51 + usual)

/** Each tab is counted up to a thousand. */
const counts = (what: string, typed: string) =>
  view(`counts of ${what}`, `queue/counts?q=${encodeURIComponent(typed)}`, 5 * 1000 + usual)

const lists = ({ thread, author }: Subjects): View[] =>
  ['held', 'flagged', 'appeals', 'spam', 'all'].flatMap((tab) => [
    list(tab, `tab=${tab}`),
    list(`${tab}, one site`, `tab=${tab}&site=site-01`),
    list(`${tab}, one page`, `tab=${tab}&site=site-01&thread=${thread}`),
    list(`${tab}, one author`, `tab=${tab}&author=${author}`),
    // Each of their sites has its own list.
    {
      ...list(`${tab}, a moderator of 20 sites`, `tab=${tab}`),
      ...{ besides: 20 * 6 * 51, byModerator: true },
    },
  ])

const searches = ({ author }: Subjects): View[] => [
  search('one Japanese character', '橋'),
  search('two Japanese characters', '灯台'),
  search('five Japanese characters', 'ソーラーパネル'),
  search('two characters that are nowhere', '鯨鯱'),
  search('a common word', 'storm'),
  search('a word that few have', 'ranuwex'),
  search('a rare word', rare.word),
  search('a word that is nowhere', 'quixotic'),
  search('two letters', 'st'),
  search('a single letter', 'q'),
  search('two common words', 'grandmother salt'),
  search('quotes', '"salt keeps better"'),
  search('quotes that are nowhere', '"better keeps salt"'),
  search('a word and a minus', 'salt -grandmother'),
  search('a minus alone', '-the'),
  search('author:', 'author:"Reader 77"'),
  search('site: and a word', 'site:site-03 storm'),
  search('status:', 'status:rejected'),
  search('is:reported', 'is:reported'),
  search('is:edited and a word', 'is:edited storm'),
  search('has:link', 'has:link'),
  search('link:', 'link:shop-7.example'),
  search('reason:', 'reason:links'),
  search('page:', 'page:/articles/77'),
  search('lang: and a word', 'lang:ja 灯台'),
  search('before: and a word', 'before:2024-06 storm'),
  search('after: and before:', 'after:2024-06-01 before:2024-06-03'),
  search('a word among the held', 'storm', 'tab=held'),
  search('a word among the reported', 'storm', 'tab=flagged'),
  search('a word of one author', 'storm', `tab=all&author=${author}`),
  { ...search('a word, a moderator of 20 sites', 'storm'), byModerator: true },
  counts('a common word', 'storm'),
  counts('a rare word', rare.word),
  counts('one Japanese character', '橋'),
]

const pages = ({ comment, author, from, to }: Subjects): View[] => [
  view('a comment', `comments/${comment}`),
  // Their latest comments are counted by state.
  view('an author', `authors/${author}`, mostLatest + 1 + usual),
  view('an author: notes', `authors/${author}/notes`),
  ...['', 'site=site-01', 'person=s7', 'person=screening', 'act=comment.reject', 'act=comment.spam'].map(
    (of) => view(`log ${of}`, `audit-log?${of}`, 400),
  ),
  view('log of an author', `audit-log?author=${author}`, 400),
  view('log of a comment', `audit-log?comment=${comment}`),
  view('log of days', `audit-log?from=${from}T00:00Z&to=${to}T00:00Z`, 400),
  { ...view('log, a moderator of 20 sites', 'audit-log', 20 * 4 * 51 + usual), byModerator: true },
  view('figures of each site', 'stats', 6 * 50 + usual),
  view('figures of a site', 'stats?site=site-01'),
  // A row a day.
  view('30 days of all sites', 'stats/days', 31 + usual),
  view('366 days of all sites', `stats/days?from=${from}&to=${to}`, 366 + usual),
  view('366 days of a site', `stats/days?site=site-01&from=${from}&to=${to}`, 366 + usual),
  view('people', 'staff'),
  view('sites', 'sites'),
  view('tokens', 'tokens'),
  view('mails', 'letters?site=site-01'),
  view('a mail', 'letters/newReplies?site=site-01'),
  view('bans', 'bans'),
  view('bans that are searched', 'bans?q=host-77'),
  { ...view('saved views', 'views'), byModerator: true },
  view('who I am', 'session'),
  // It looks at twenty comments that came, beside acts.
  view('pace of the queue', 'queue/pace', usual + 2 * 20),
  { ...view('pace, a moderator of 20 sites', 'queue/pace', 300), byModerator: true },
  view('mentions', 'mentions'),
  view('acts on many', 'bulk-acts'),
  view('what an act on many would touch', 'bulk-acts/preview?tab=held&site=site-01', 6 * 2000),
]

/** Every view of the dashboard. */
export const viewsOf = (subjects: Subjects): View[] => [
  ...lists(subjects),
  ...searches(subjects),
  ...pages(subjects),
]
