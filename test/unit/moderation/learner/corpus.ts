import type { Label } from '../../../../worker/moderation/learner/lessons.ts'
import { sequence } from '../../../../worker/moderation/learner/regression.ts'

/** A text and what people decided of it. */
export interface Told {
  text: string
  label: Label
}

type Phrases = Record<string, string[]>

/** Sentences, of which `{name}` stands for one of the phrases of that name; `either` may be of any class. */
interface Grammar {
  sentences: Record<Label | 'either', string[]>
  phrases: Phrases
}

const english: Grammar = {
  sentences: {
    fine: [
      'I {tried} the {thing} {when}, and {outcome}.',
      'Thanks for {writing} about the {thing}. {outcome}, {still}.',
      'My {person} has had the same {thing} since {when}. {question}?',
      '{question}? The {thing} in the second picture looks different from ours.',
      'I disagree about the {thing}: {outcome} when we {tried} it {when}.',
      'There is a mistake in the third paragraph, the {thing} is older than that.',
      'We {tried} it with a {thing} and {outcome}, so my {person} is happy.',
      'Please write more about the {thing}, {still}.',
    ],
    spam: [
      '{pitch} with this {offer}, {proof}! {call} {contact}',
      '{call} {contact} for the {offer}. {proof}!!!',
      'Hello friends, I {pitch2} thanks to the {offer}. {call} {contact}',
      '{offer} {amount}, no deposit, {proof}. {contact}',
      'Are you tired of working? {pitch}! {call} {contact}',
      '{proof}, {amount} every week with the {offer}. {call} {contact}',
      'My {person} did not believe it, but {proof}. {pitch} {contact}',
      'Best {offer} of the year, {amount} only today! {call} {contact}',
    ],
    either: [
      'My {person} found the {thing} at {contact}, {outcome}.',
      'Is the {offer} {proof}? My {person} {tried} one {when}.',
      'We {tried} the {thing} from {contact} {when}, {proof}.',
      '{question}? {call} {contact}, there is a {thing}.',
    ],
  },
  phrases: {
    tried: ['tried', 'repaired', 'cooked', 'painted', 'planted', 'compared', 'read about', 'rebuilt'],
    thing: [
      'bread',
      'garden shed',
      'train timetable',
      'old radio',
      'tomato sauce',
      'library',
      'bicycle wheel',
    ].concat(['camera lens', 'kitchen window', 'river path', 'violin', 'winter coat', 'keyboard', 'museum']),
    when: ['last weekend', 'two years ago', 'in the spring', 'yesterday evening', 'before the holidays'],
    outcome: ['it turned out too dry', 'nobody noticed the difference', 'the result was lovely'].concat([
      'I would not do it again',
      'it took the whole afternoon',
      'the neighbours were amused',
    ]),
    writing: ['writing', 'this article', 'the careful explanation', 'your honest thoughts'],
    still: ['as far as I remember', 'though I may be wrong', 'if you have the time', 'at least in our town'],
    person: ['grandmother', 'brother', 'neighbour', 'daughter', 'colleague', 'teacher'],
    question: [
      'Does anybody know why',
      'Where did you find that',
      'Has that changed since',
      'Is it worth it',
    ],
    pitch: [
      'Earn money from home',
      'Make easy cash online',
      'Quit your job and get rich',
      'Double your bitcoin',
    ],
    pitch2: ['earned thousands', 'paid off my loan', 'recovered my lost bitcoin', 'won the jackpot'],
    offer: [
      'casino bonus',
      'crypto trading platform',
      'loan program',
      'weight loss pills',
      'followers package',
    ].concat(['sports betting tips', 'forex signals', 'replica watches']),
    proof: [
      'guaranteed profit',
      '100% legit',
      'trusted by thousands',
      'instant payout',
      'limited offer',
    ].concat(['approved in minutes']),
    amount: ['$500', '$3000', '$12000', 'up to 90% discount'],
    call: [
      'Click here',
      'Visit my profile',
      'Contact',
      'Message me on',
      'Subscribe to my channel',
      'Join now',
    ],
    contact: [
      'www.fast-cash.example',
      'http://win.example/go',
      'WhatsApp +44 7700 900123',
      '@trader_anna',
    ].concat(['telegram t.me/richclub', 'bestdeals.shop']),
  },
}

const japanese: Grammar = {
  sentences: {
    fine: [
      '{time}{thing}を{tried}みましたが、{outcome}。',
      '{thing}の記事、ありがとうございます。{outcome}。',
      'うちの{person}も{thing}が好きで、{time}よく話しています。',
      '{thing}について質問です。{question}？',
      '二枚目の写真の{thing}、とても懐かしいです。{outcome}。',
      '{person}に教わった{thing}の作り方とは少し違いますね。{question}？',
    ],
    spam: [
      '{offer}で{amount}稼げます！{call}、{contact}',
      '誰でも簡単に{amount}！{offer}の秘密を無料で公開中、{call}{contact}',
      '{offer}で人生が変わりました。{proof}！{contact}',
      '{call}！{offer}が今だけ{proof}。{contact}',
      '在宅で{amount}、{proof}の{offer}です。興味のある方は{contact}',
      '{proof}！{offer}を始めるなら今すぐ{contact}',
    ],
    either: [
      '{person}が{offer}を{tried}みましたが、{outcome}。',
      '{thing}なら{contact}にありました。{outcome}。',
      '{time}{thing}を{tried}、{call}。',
    ],
  },
  phrases: {
    time: ['先週', '昨日', '去年の春に', '子供のころ', '休みの日に'],
    thing: [
      '味噌汁',
      '自転車',
      '図書館',
      '古いラジオ',
      '庭の桜',
      '商店街',
      '電車の時刻表',
      '編み物',
      '朝顔',
      '煮物',
    ],
    tried: ['作って', '直して', '調べて', '試して', '見に行って', '比べて'],
    outcome: [
      '思ったより難しかったです',
      'とても勉強になりました',
      '家族にも好評でした',
      '少し残念でした',
    ].concat(['また読みに来ます', '懐かしい気持ちになりました']),
    person: ['祖母', '父', '友人', '先生', '近所の人', '娘'],
    question: [
      'どこで買えますか',
      '今も残っているのでしょうか',
      '何年前の話ですか',
      'もう少し詳しく教えてもらえますか',
    ],
    offer: [
      '副業',
      '仮想通貨の自動売買',
      'オンラインカジノ',
      '投資サロン',
      'ブランドコピー品',
      '出会い系アプリ',
      '即日融資',
    ],
    amount: ['月三十万円', '日給五万円', '毎月百万円', '一週間で十万円'],
    proof: ['完全無料', '先着百名限定', '絶対に儲かる', '審査なし', '返金保証付き', '登録者殺到'],
    call: ['今すぐ登録', '固定の投稿を見て', '友だち追加して', '詳細はこちら', 'プロフィールをクリック'],
    contact: [
      'LINE ID: kasegu77',
      'http://fukugyo.example/a',
      '公式ラインまで',
      'kasegu.example へ',
      '限定リンクから',
    ],
  },
}

function write(sentences: string[], phrases: Phrases, random: () => number): string {
  const one = <Item>(items: Item[]) => items[Math.floor(random() * items.length)] as Item
  return one(sentences).replace(/\{(\w+)\}/g, (_, name: string) => one(phrases[name] as string[]))
}

/** The share of comments whose text tells little of their class. */
const unclear = 0.15

/** Comments of one language, so many of each class in turn, every one another; the same for a seed. */
function told({ sentences, phrases }: Grammar, ofEach: number, seed: number): Told[] {
  const random = sequence(seed)
  const texts = new Set<string>()
  const all: Told[] = []
  while (all.length < 2 * ofEach) {
    const label = all.length % 2 === 0 ? 'fine' : 'spam'
    const text = write(sentences[random() < unclear ? 'either' : label], phrases, random)
    if (texts.has(text)) continue
    texts.add(text)
    all.push({ text, label })
  }
  return all
}

/** Comments in English and in Japanese, so many of each class. */
export const inEnglish = (ofEach: number, seed = 1) => told(english, ofEach, seed)
export const inJapanese = (ofEach: number, seed = 1) => told(japanese, ofEach, seed)

/** Only those of one class, as texts. */
export const texts = (all: Told[], label: Label) =>
  all.filter((one) => one.label === label).map(({ text }) => text)
