import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { render } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { sentence } from '../../../../widget/dashboard/auditLog/sentence.ts'
import { findingWords } from '../../../../widget/dashboard/core/findings.ts'
import { addressOf, linkedComment, whereaboutsOf } from '../../../../widget/dashboard/core/location.ts'
import { noteWords } from '../../../../widget/dashboard/core/notices.ts'
import { shortcutFor, shortcuts } from '../../../../widget/dashboard/core/shortcuts.ts'
import { formatMessage, speak } from '../../../../widget/dashboard/core/words.ts'
import ar from '../../../../widget/dashboard/locales/ar.json'
import en from '../../../../widget/dashboard/locales/en.json'
import ja from '../../../../widget/dashboard/locales/ja.json'
import { pageNames } from '../../../../widget/dashboard/pages.ts'
import { paceWords } from '../../../../widget/dashboard/queue/LastHour.tsx'
import { merge, putBack } from '../../../../widget/dashboard/queue/merge.ts'
import { Visible } from '../../../../widget/dashboard/ui/Visible.tsx'
import type { AuditEntry } from '../../../../worker/contract/auditLog.ts'
import { decisionView, rejectionReasons } from '../../../../worker/contract/decisions.ts'
import { errorStatus } from '../../../../worker/contract/errors.ts'
import {
  type Band,
  type Finding,
  type FindingCode,
  type FindingOf,
  findingCodes,
} from '../../../../worker/contract/findings.ts'
import { flagReasons } from '../../../../worker/contract/flagReasons.ts'
import { queueSorts } from '../../../../worker/contract/queue.ts'
import { readFindings } from '../../../../worker/contract/readFindings.ts'
import { screeners } from '../../../../worker/contract/screeners.ts'
import { settingNames, siteSettings } from '../../../../worker/contract/siteSettings.ts'
import { finding as findingOf, samples } from '../../../findings.ts'
import { bare, comment } from '../comment.ts'

describe.each([
  ['en', en],
  ['ja', ja],
] as const)('The words in %s', (name, all) => {
  const { desk } = all

  it('name every error, finding, reason, setting and shortcut', () => {
    for (const code of Object.keys(errorStatus)) expect(desk.errors).toHaveProperty([code])
    for (const code of findingCodes) expect(desk.findings).toHaveProperty([code])
    for (const sort of queueSorts) expect(desk.sorts).toHaveProperty([sort])
    for (const kind of screeners) expect(desk.named.screeners).toHaveProperty([kind])
    for (const reason of flagReasons) expect(desk.told.reasons).toHaveProperty([reason])
    for (const code of rejectionReasons) expect(desk.reasons).toHaveProperty([code])
    for (const name of settingNames) expect(all.settings.fields).toHaveProperty([name])
    expect(Object.keys(all.settings.choices.proof)).toEqual(siteSettings.proof.options)
    for (const { does } of shortcuts) expect(all.help.shortcuts).toHaveProperty([does])
  })

  it('make a sentence of an audit entry, also of an act nobody knew', () => {
    speak(name, all)
    const entry = {
      id: 1,
      at: '',
      actor: { kind: 'moderator' as const, id: 'mika', name: 'Mika' },
      siteId: null,
      commentId: null,
      comment: null,
      ...bare,
      details: { value: 'spam.example' },
    }
    expect(sentence({ ...entry, act: 'ban.add' })).toMatch(/Mika.*spam\.example/)
    expect(sentence({ ...entry, act: 'constructor' })).toBe('Mika: constructor')
    const { acts } = all.auditLog
    for (const act of toldActs) expect(sentence({ ...entry, act }), act).not.toContain(act)
    const said = (act: string, details = {}) => sentence({ ...entry, act, details })
    const author = { id: 'abc', name: 'Ken' }
    const swept = (details = {}) =>
      sentence({ ...entry, act: 'bulk.start', author, details: { action: 'spam', count: 2, ...details } })
    for (const one of [swept(), swept({ kind: 'author', value: 'abc' })]) expect(one).toContain('Ken')
    expect(swept()).not.toBe(swept({ kind: 'author', value: 'abc' }))
    expect(said('bulk.stop', { because: 'not_allowed' })).not.toBe(said('bulk.stop'))
    expect(said('comment.appeal')).toBe(acts['comment.appeal'].replace('{actor}', 'Mika'))
    expect(said('comment.pin')).toBe(acts['comment.pin'].replace('{actor}', 'Mika'))
    expect(said('comment.approve', { from: 'approved', flags: 3 })).toMatch(/3/)
    expect(said('comment.approve', { from: 'pending', flags: 3 })).not.toMatch(/3/)
    expect(said('author.badge', { value: 'ab12', badge: 'Editor' })).toMatch(/ab12.*Editor/)
    expect(said('thread.rename', { key: '/post', title: 'A cat' })).toMatch(/\/post.*A cat/)
    const thread = { id: 1, key: '/post', url: '', title: 'A cat' }
    const renamed = { ...entry, act: 'thread.rename', thread, details: { title: 'A cat', was: 'A dog' } }
    expect(sentence(renamed)).toMatch(/A dog.*A cat/)
    for (const act of ['thread.move', 'thread.merge', 'thread.unmove', 'thread.unmerge'])
      expect(said(act, { from: '/old', to: '/new' })).toMatch(/\/old.*\/new|\/new.*\/old/)
    const noted = { ...entry, act: 'note.add', author, details: { value: 'abc' } }
    expect(sentence(noted)).toContain('Ken')
    const undone = { ...entry, act: 'bulk.undo', author, details: { action: 'spam' } }
    expect(sentence({ ...undone, bulk: { id: '', count: 7 } })).toMatch(/7.*Ken|Ken.*7/)
    expect(said('bulk.undecide', { count: 4, all: 7 })).toMatch(/4.*7|7.*4/)
    expect(said('bulk.undecide', { count: 7, all: 7 })).not.toBe(said('bulk.undecide', { count: 4, all: 7 }))
    expect(said('thread.rename', { key: '/post', title: null })).not.toMatch(/null|“|「/)
    expect(said('author.badge', { value: 'ab12' })).toMatch(/^(?!.*(“”|「」|undefined)).*ab12/)
    expect(said('author.badge', { value: 'ab12', badge: null })).not.toMatch(/null|“|「/)
  })

  it('tell the loser of a race who was there first, also when the machine was', () => {
    speak(name, all)
    const decision = { id: 'd', action: 'spam', by: 'screening', byKind: 'screening', reason: null } as const
    const present = {
      status: 'spam',
      revision: 1,
      decision: { ...decision, at: new Date().toISOString() },
    } as const
    const note = noteWords({ kind: 'lost', present, action: 'approve', reason: undefined })
    expect(note).toContain(desk.screening)
    expect(note).not.toMatch(/\{|undefined/)
  })
})

const finding = <Code extends FindingCode>(
  code: Code,
  params: FindingOf<Code>['params'] = samples[code],
  weight = 0,
) => findingOf(code, weight, params)
const learnt = (band: Band, terms: string[], weight = 0) =>
  finding('learner', { ...samples.learner, band, terms, sure: true }, weight)

/** Every act that the log shows, read from the union of events. */
const toldActs = ['events', 'authorEvents', 'bulkEvents', 'endpointKinds', 'learnerEvents', 'viewEvents']
  .map((name) => readFileSync(join(import.meta.dirname, `../../../../worker/contract/${name}.ts`), 'utf8'))
  .flatMap((source) => source.match(/\bact: .*/g) ?? [])
  .flatMap((line) => {
    const words = Array.from(line.matchAll(/'([\w.]+)'/g), ([, word = '']) => word)
    return line.includes('`comment.$')
      ? [...decisionView.entries.action.options, 'answer'].map((word) => `comment.${word}`)
      : words
  })
  .filter((act) => act.includes('.') && !/^comment\.(posted|held|flag|like|unlike)$/.test(act))

describe('A finding', () => {
  it.each([
    [finding('banned', { kind: 'domain', value: 'x.example' }), 'Banned: x.example', '禁止中: x.example'],
    [finding('honeypot'), 'Filled in the hidden field', '隠し欄に入力あり'],
    [
      finding('too_fast', { seconds: 0.4 }),
      'Sent 0.4 s after the form was touched',
      '入力開始から0.4秒で送信',
    ],
    [finding('repeat', { count: 1, refused: 0 }), 'Same text as 1 other comment', 'ほかの1件と同じ文面'],
    [
      finding('repeat', { count: 4, refused: 3 }),
      'Same text as 4 other comments, 3 refused',
      'ほかの4件と同じ文面(うち3件は不承認)',
    ],
    [
      finding('near_duplicate', { count: 1, refused: 0, ids: ['a'] }),
      'Much like 1 other comment',
      'ほかの1件とほぼ同じ文面',
    ],
    [
      finding('near_duplicate', { count: 5, refused: 2, ids: ['a', 'b'] }),
      'Much like 5 other comments, 2 refused',
      'ほかの5件とほぼ同じ文面(うち2件は不承認)',
    ],
    [
      finding('wordlist', { list: 'spam', word: 'casino', count: 1 }),
      'On the spam list: “casino”',
      'スパムリストの語(1件):「casino」',
    ],
    [
      finding('wordlist', { list: 'hold', word: 'casino', count: 3 }),
      '3 words on the hold list, such as “casino”',
      '保留リストの語(3件):「casino」',
    ],
    [
      finding('links', { count: 12, limit: 2, hosts: ['a.example'] }),
      '12 links (limit 2), to a.example',
      'リンク12件(上限2件): a.example',
    ],
    [
      finding('denied_domain', { host: 'a.example' }),
      'Links to a denied domain: a.example',
      '拒否ドメインへのリンク: a.example',
    ],
    [finding('shortener', { hosts: ['bit.ly'] }), 'Link shortener: bit.ly', '短縮URL: bit.ly'],
    [
      finding('masked_link'),
      'A link says bank.example, but leads to evil.example',
      'リンクの表示はbank.example、実際のリンク先はevil.example',
    ],
    [finding('spam_host'), 'Only spam linked to spam.example', 'これまでスパムだけがリンクしたspam.example'],
    [
      finding('page_words'),
      'Repeats the title (bread, rye), new website: new.example',
      'ページの題名の語（bread、rye）を並べ、新しいサイトnew.exampleを添える',
    ],
    [
      finding('resembles_refused'),
      'Resembles comments refused here (idiot, shame)',
      'ここで不承認になったコメントと似ている (idiot、shame)',
    ],
    [
      finding('resembles_refused', { terms: [] }),
      'Resembles comments refused here',
      'ここで不承認になったコメントと似ている',
    ],
    [finding('link_in_name', { name: 'a.example' }), 'Link in the name', '名前にリンク'],
    [
      finding('mixed_script', { words: ['frее'], count: 1 }),
      'Mixes alphabets within a word: frее',
      '文字種が混ざった単語1件: frее',
    ],
    [finding('invisible_characters', { count: 2 }), '2 invisible characters', '見えない文字2件'],
    [
      finding('styled_unicode', { words: ['𝐟𝐫𝐞𝐞'], count: 1 }),
      'Styled letters in place of plain ones',
      '通常の文字の代わりに装飾文字を使用',
    ],
    [
      finding('author_rejected', { refused: 1, decided: 1 }),
      'The author’s earlier comment was refused',
      'この投稿者の過去1件のうち1件が不承認',
    ],
    [
      finding('author_rejected', { refused: 2, decided: 5 }),
      '2 of the author’s 5 earlier comments refused',
      'この投稿者の過去5件のうち2件が不承認',
    ],
    [finding('flagged', { count: 1 }), '1 reader complained', '読者からの通報1件'],
    [
      learnt('spam', ['free', 'subscribe']),
      'Likely spam: “free”, “subscribe”',
      'スパムらしい: 「free」、「subscribe」',
    ],
    [learnt('fine', ['thanks']), 'Likely fine: “thanks”', '問題なさそう: 「thanks」'],
    [
      finding('learner', { ...samples.learner, band: 'fine', terms: ['thanks'] }),
      'Leans fine: “thanks”',
      '問題なさそう(未確定): 「thanks」',
    ],
    [learnt('unsure', []), 'Unsure', '判断できず'],
    [learnt('unlearnt', []), 'Written in a way not learnt yet', 'まだ学習していない書き方'],
    [
      finding('external', { screener: 'akismet', outcome: 'spam', reason: 'discard' }),
      'Akismet calls it spam (discard)',
      'Akismetがスパムと判定 (discard)',
    ],
    [
      finding('external', { screener: 'webhook', outcome: 'doubtful', reason: '' }),
      'The site’s webhook has doubts',
      'サイトのWebhookが疑わしいと判定',
    ],
    [
      finding('condition', { conditions: ['holdFirst', 'holdDays', 'holdLinks'] }),
      'Always held: author’s first comments, author’s first days, has a link',
      '常に保留: 投稿者の最初の数件、初承認から間もない、リンクあり',
    ],
    [
      finding('condition', { conditions: ['holdNewDomains', 'holdNight', 'thread'] }),
      'Always held: links to a new domain, night hours, thread checked',
      '常に保留: 初めてのリンク先、夜間の投稿、スレッド全件確認',
    ],
    [finding('new_author', { trust: 'newcomer' }), 'Author not yet trusted', 'まだ信頼されていない投稿者'],
    [
      finding('new_author', { trust: 'known' }),
      'Author known, but not trusted yet',
      '承認歴はあるが、まだ信頼されていない投稿者',
    ],
    [
      finding('policy', { policy: 'premoderate' }),
      'This site checks every comment',
      'このサイトは全件を確認',
    ],
    [finding('audit'), 'Picked at random to check the screening', '自動審査の検証のため無作為に抽出'],
    [
      finding('audit', { steppedBack: true }),
      'Screening has stepped back: needs a person',
      '自動判断を停止中: 人の判断が必要',
    ],
    [finding('screening_unavailable'), 'Screening failed: needs a person', '自動審査に失敗: 人の判断が必要'],
    [
      finding('screening_unavailable', { screener: 'openai' }),
      'The moderation service did not answer as it should: needs a person',
      '外部の審査サービスが正しく応答せず: 人の判断が必要',
    ],
  ])('%j has words', (finding, english, japanese) => {
    speak('en', en)
    expect(findingWords(finding)).toBe(english)
    speak('ja', ja)
    expect(findingWords(finding)).toBe(japanese)
  })

  it('that nobody knew, in any part, says what it can', () => {
    speak('en', en)
    const told = readFindings([
      { code: 'constructor', weight: 1, params: { refused: 1 } },
      { code: 'learner', weight: 1, params: { band: 'toString', terms: '' } },
      { code: 'wordlist', weight: 1, params: { list: 'valueOf', word: 'w', count: 1 } },
    ])
    expect(told.map((finding) => findingWords(finding))).toEqual([
      'constructor',
      'ToString',
      'On the valueOf list: “w”',
    ])
  })
})

describe('An entry of the audit log', () => {
  const entry = (act: string, details: AuditEntry['details'], name = 'Mika'): AuditEntry => ({
    id: 1,
    at: '',
    actor: { kind: name === 'screening' ? 'screening' : 'moderator', id: name, name },
    act,
    siteId: 'blog',
    commentId: null,
    comment: null,
    ...bare,
    details,
  })
  const verdict = (act: string, findings: Finding[]) =>
    entry(`comment.${act}`, { from: 'pending', to: '', reason: null, verdict: act, findings }, 'screening')
  const links = finding('links', { count: 12, limit: 2, hosts: ['a.example'] }, 8)
  const known = finding('new_author', { trust: 'known' })
  const repeat = finding('repeat', { count: 4, refused: 3 }, 6)

  it.each([
    [
      'an approval',
      verdict('approve', [known, learnt('fine', ['thanks', 'great article'], -1)]),
      'Screening approved a comment: likely fine (“thanks”, “great article”); author known.',
      '自動審査がコメントを承認。理由: 問題なさそう(「thanks」、「great article」)／承認歴のある投稿者。',
    ],
    [
      'an approval that nothing speaks against',
      verdict('approve', [finding('new_author', { trust: 'newcomer' }), learnt('unsure', [])]),
      'Screening approved a comment: nothing spoke against it.',
      '自動審査がコメントを承認。理由: 問題は見つからず。',
    ],
    [
      'an approval that something speaks against',
      verdict('approve', [
        learnt('fine', ['thanks'], -1),
        finding('external', { screener: 'openai', outcome: 'doubtful', reason: '' }, 2),
      ]),
      'Screening approved a comment: likely fine (“thanks”). What spoke against it: the moderation service has doubts.',
      '自動審査がコメントを承認。理由: 問題なさそう(「thanks」)。反対の材料: 外部の審査サービスが疑わしいと判定。',
    ],
    [
      'spam, the weightiest reason first',
      verdict('spam', [known, repeat, links]),
      'Screening marked a comment as spam: 12 links (limit 2), to a.example; same text as 4 other comments, 3 refused.',
      '自動審査がコメントをスパムに指定。理由: リンク12件(上限2件): a.example／ほかの4件と同じ文面(うち3件は不承認)。',
    ],
    [
      'spam that the learner calls fine',
      verdict('spam', [learnt('fine', ['thanks']), finding('honeypot', {}, 10)]),
      'Screening marked a comment as spam: filled in the hidden field. What spoke against it: likely fine (“thanks”).',
      '自動審査がコメントをスパムに指定。理由: 隠し欄に入力あり。反対の材料: 問題なさそう(「thanks」)。',
    ],
    [
      'a refusal',
      verdict('reject', [finding('banned', { kind: 'domain', value: 'x.example' }, 5)]),
      'Screening rejected a comment: x.example is banned.',
      '自動審査がコメントを不承認。理由: x.exampleは禁止中。',
    ],
    [
      'a person’s decision, which needs no more words',
      entry('comment.approve', { from: 'pending', to: 'approved', reason: null }),
      'Mika approved a comment',
      'Mikaがコメントを承認',
    ],
    [
      'a verdict of before there were reasons',
      entry('comment.spam', { from: 'pending', to: 'spam', reason: null }, 'screening'),
      'Screening marked a comment as spam',
      '自動審査がコメントをスパムに指定',
    ],
    [
      'a change of a word list',
      entry('words.change', { list: 'spam', count: 1 }),
      'Mika changed the spam list, now 1 entry',
      'Mikaがスパムリストを変更(現在1件)',
    ],
    [
      'a thread to be checked',
      entry('thread.check', { key: '/post' }),
      'Mika had every comment of /post checked',
      'Mikaが/postの全件確認を開始',
    ],
    [
      'a thread to be checked no more',
      entry('thread.uncheck', { key: '/post' }),
      'Mika stopped having every comment of /post checked',
      'Mikaが/postの全件確認を終了',
    ],
    [
      'a screener',
      entry('screener.set', { kind: 'webhook', target: 'https://x.example' }),
      'Mika set up the site’s webhook',
      'MikaがサイトのWebhookを設定',
    ],
    [
      'a screener’s removal',
      entry('screener.remove', { kind: 'akismet', target: '' }),
      'Mika removed Akismet',
      'MikaがAkismetを削除',
    ],
    [
      'screening that steps back',
      entry('learner.step_back', { kind: 'approve', errorRate: 0.01, checked: 60, wrong: 3 }, 'screening'),
      'Screening stepped back and leaves approvals to a person: 3 of 60 checked were wrong, above the chosen 1%',
      '自動審査が承認の自動判断を停止: 検証した60件のうち3件が誤りで、設定の1%を超過',
    ],
    [
      'screening that goes on',
      entry('learner.resume', { kind: 'spam', errorRate: 0.005, checked: 200, wrong: 0 }, 'screening'),
      'Screening decides spam by itself again: 0 of 200 checked were wrong, within the chosen 0.5%',
      '自動審査がスパムの自動判断を再開: 検証した200件のうち誤りは0件で、設定の0.5%以内',
    ],
  ])('tells %s', (_, told, english, japanese) => {
    speak('en', en)
    expect(sentence(told)).toBe(english)
    speak('ja', ja)
    expect(sentence(told)).toBe(japanese)
  })
})

describe('The last hour', () => {
  const decided = { approve: 1, reject: 2, spam: 0, delete: 3 }
  const idle = { approve: 0, reject: 0, spam: 0, delete: 0 }
  it.each([
    [
      { decided, screened: 0, seconds: 3600, complete: true, nextInSeconds: 7_200 },
      'In the last hour: 1 approved, 2 rejected, 3 deleted. The next is likely in 2 hours.',
      'この1時間: 承認1件、不承認2件、削除3件。次のコメントは2 時間後ごろの見込みです。',
    ],
    [
      { decided: idle, screened: 0, seconds: 3600, complete: true, nextInSeconds: null },
      'Nothing was decided in the last hour.',
      'この1時間に判断はありません。',
    ],
    [
      { decided, screened: 69, seconds: 779, complete: false, nextInSeconds: null },
      'In the last 12 min: 1 approved, 2 rejected, 3 deleted, 69 by screening itself.',
      'この12 分: 承認1件、不承認2件、削除3件、自動審査69件。',
    ],
    [
      { decided: { ...idle, spam: 75 }, screened: 0, seconds: 59, complete: false, nextInSeconds: null },
      'In the last 59 sec: 75 marked as spam.',
      'この59 秒: スパム75件。',
    ],
    [
      { decided: idle, screened: 0, seconds: 59, complete: false, nextInSeconds: 3 },
      'The next is likely in 1 minute.',
      '次のコメントは1 分後ごろの見込みです。',
    ],
    [
      { decided: idle, screened: 0, seconds: 3600, complete: true, nextInSeconds: 200_000 },
      'Nothing was decided in the last hour. The next is likely in 2 days.',
      'この1時間に判断はありません。次のコメントは2 日後ごろの見込みです。',
    ],
  ])('is told in a line: %j', (pace, english, japanese) => {
    speak('en', en)
    expect(paceWords(pace)).toBe(english)
    speak('ja', ja)
    expect(paceWords(pace)).toBe(japanese)
  })
})

describe('The shortcuts', () => {
  const on = { oneKey: true, before: '' }
  const key = (key: string, more: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...more })

  it.each(shortcuts.filter(({ keys }) => keys.length === 1))('%s', ({ keys, does }) => {
    expect(shortcutFor(key(keys, { shiftKey: /[A-Z?]/.test(keys) }), on)).toBe(does)
    expect(shortcutFor(key(keys, { ctrlKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { metaKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { altKey: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys, { isComposing: true }), on)).toBeUndefined()
    expect(shortcutFor(key(keys), { ...on, oneKey: false })).toBeUndefined()
  })

  it('of two keys need both, in order', () => {
    expect(shortcutFor(key('g'), on)).toBe('half')
    expect(shortcutFor(key('s'), { ...on, before: 'g' })).toBe('spamTab')
    expect(shortcutFor(key('x'), { ...on, before: 'g' })).toBeUndefined()
  })

  it('rest in fields, work on check boxes, and don’t mind caps lock', () => {
    const target = (tag: string, type = '') => {
      const element = document.createElement(tag)
      if (type) element.setAttribute('type', type)
      let result: unknown
      element.addEventListener('keydown', (event) => {
        result = shortcutFor(event as KeyboardEvent, on)
      })
      element.dispatchEvent(key('a'))
      return result
    }
    expect(target('input', 'search')).toBeUndefined()
    expect(target('textarea')).toBeUndefined()
    expect(target('select')).toBeUndefined()
    expect(target('input', 'checkbox')).toBe('approve')
    expect(shortcutFor(key('A'), on)).toBe('approve')
  })
})

describe('Words from right to left', () => {
  it('keep what is filled in to itself, and still show what a name hides', () => {
    const shown = (text: string) => render(<Visible text={text} />).container.textContent
    const values = { one: 'casino.example', other: '\u2069Mika' }
    speak('ar', ar as unknown as typeof en)
    const said = formatMessage('{one} – {other}', values)
    expect(said).toBe('\u2068casino.example\u2069 – \u2068\u2069Mika\u2069')
    expect(shown(said)).toBe('\u2068casino.example\u2069 – \u2068\u2069MikaU+2069')
    speak('en', en)
    expect(formatMessage('{one}', values)).toBe('casino.example')
    expect(shown('\u2068Mika\u2069')).toBe('U+2068MikaU+2069')
  })
})

describe('An address', () => {
  it.each([
    '/dashboard',
    '/dashboard?tab=spam&site=blog',
    '/dashboard?site=blog&sort=hardest',
    '/dashboard?q=%E5%BC%95%E7%94%A8&author=abc&thread=7',
    '/dashboard?page=audit-log',
  ])('%s leads to a place that has it', (address) => {
    expect(addressOf(whereaboutsOf(new URL(address, 'http://x').search, pageNames))).toBe(address)
  })

  const id = 'd9428888-122b-41e1-b85a-61aeb3f0b0c1'
  it.each([
    `?comment=${id}`,
    `?tab=spam&comment=${id}&q=x`,
    `#comment-${id.toUpperCase()}`,
    `https://blog.example/post?a=b#comment-${id}`,
    `https://blog.example/post#comment-${id}.token`,
  ])('of a comment is known: %s', (address) => {
    expect(linkedComment(address)).toBe(id)
  })

  it.each(['', '#sign-in=abc', `?ids=${id}`, '#comment-7', `#comment-${id}0`])(
    'of no comment is not taken for one: %j',
    (address) => expect(linkedComment(address)).toBeUndefined(),
  )

  it('that makes no sense leads to what waits', () => {
    expect(addressOf(whereaboutsOf('?tab=__proto__&page=constructor', pageNames))).toBe('/dashboard')
  })
})

describe('Merging a page into the list', () => {
  const [a, b, c, d] = ['1', '2', '3', '4'].map((id) => comment(id)) as [
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
    ReturnType<typeof comment>,
  ]
  const counts = { held: 0, flagged: 0, appeals: 0, spam: 0, all: 0 }
  const ids = (items: { id: string }[]) => items.map(({ id }) => id)

  it('judges only what the page speaks for', () => {
    const merged = merge([a, b, c, d], { items: [a, c], next: 'more', counts, reported: 0 }, 'later', true)
    expect(merged.gone).toEqual(['2'])
    expect(ids(merged.items)).toEqual(['1', '2', '3', '4'])
    expect(merged.next).toBe('later')
  })

  it('fills up from below when decisions have emptied the list', () => {
    const merged = merge([b], { items: [b, c, d], next: 'after d', counts, reported: 0 }, 'after b', true)
    expect(ids(merged.items)).toEqual(['2', '3', '4'])
    expect(merged.next).toBe('after d')
  })

  it('takes a page of strangers for all gone where the oldest come first', () => {
    const merged = merge([a, b], { items: [c, d], next: 'x', counts, reported: 0 }, null, true)
    expect(merged.gone).toEqual(['1', '2'])
    expect(ids(merged.items)).toEqual(['1', '2', '3', '4'])
  })

  it('takes a page of strangers for all new where the newest come first', () => {
    const merged = merge([b, a], { items: [d, c], next: 'x', counts, reported: 0 }, 'y', false)
    expect(merged.gone).toEqual([])
    expect(ids(merged.fresh)).toEqual(['4', '3'])
    expect(merged.next).toBe('y')
  })

  it.each([
    { items: ['1', '3'], back: '2', expected: ['1', '2', '3'] },
    { items: ['3'], back: '1', expected: ['1', '3'] },
    { items: ['1'], back: '3', expected: ['1', '3'] },
    { items: ['9', '2'], back: '1', expected: ['9', '1', '2'] },
    { items: [], back: '2', expected: ['2'] },
  ])('puts $back back into $items where it was', ({ items, back, expected }) => {
    const put = putBack(
      items.map((id) => comment(id)),
      comment(back),
      ['1', '2', '3'],
    )
    expect(ids(put)).toEqual(expected)
  })
})
