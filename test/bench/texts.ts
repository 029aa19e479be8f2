import type { Row } from '../../worker/host/evaluate/corpus.ts'

const fine = {
  starts: [
    'I read this twice and',
    'The second chart shows that',
    'My grandmother always said',
    'In our harbour',
    'Thanks for this,',
    'As somebody who works on ferries I can say',
    'One question:',
    'What I miss here is that',
    'Yesterday’s talk left out how',
    'I disagree a little, because',
    'For beginners like me',
    'Seen from the other coast',
  ],
  ends: [
    'the tide is not what moved the boats.',
    'the old map had the lighthouse on the wrong side.',
    'nobody fishes with nets like these any more.',
    'the numbers for last winter look too low to me. Where do they come from?',
    'a bridge would have cost half as much, and the village would still have its market on Sundays.',
    'it reminds me of the storm in my first year there, when we carried all the books upstairs.',
    'salt keeps better than people think.',
    'you explain it well.',
    'the ending surprised me.',
    'this should be taught at school.',
  ],
}

const spam = {
  starts: [
    'EARN $$$ at home:',
    'Cheap watches and bags,',
    'Free followers now!',
    'You won a phone:',
    'Hot offer today,',
    'Visit my shop,',
    'Check out my channel,',
    'Trading made easy:',
    'Lose weight fast,',
    'Crypto signals daily:',
    'Best casino bonus,',
    'Hello dear friend,',
  ],
  ends: [
    'click the link in my profile!!!',
    'order today at https://shop.example/offer',
    'no experience needed, weekly payout, message me on the app +1 555 0100 200',
    'guaranteed bonus for the first hundred who subscribe',
    'use my code and save 90 %',
    'subscribe and like and share, I will do the same for you',
    'worldwide delivery, best price at www.cheap.example',
    'double your coins before midnight, no risk, I made 5,000 in a week',
    'www.win.example www.gift.example',
    'you will not regret it, give it a chance please, it would mean so much to me',
  ],
}

const pairs = ({ starts, ends }: typeof fine) =>
  ends.flatMap((end) => starts.map((start) => `${start} ${end}`))

/** Made-up comments, for want of a corpus: short ones in English, half of them spam. */
export const made = (): Row[] => {
  const bad = pairs(spam)
  return pairs(fine).flatMap((body, at) => [
    { group: '', label: 'fine', date: '', body, number: 2 * at },
    { group: '', label: 'spam', date: '', body: bad[at] as string, number: 2 * at + 1 },
  ])
}

const japanese = {
  starts: [
    '昨日の記事を読んで',
    '港の近くで育った私には',
    '祖母がよく話していたように',
    '二つ目の図を見ると',
    '正直に言うと',
    '一つだけ質問ですが',
    '向こう岸から眺めると',
    '去年の冬の嵐の夜、',
    '学校では教わらなかったが',
    '船で働く者として言えば',
    '同じ写真を三度見返して',
    '地図を手に歩いてみると',
    '子どもたちに話したら',
    'この町に越してきてから',
  ],
  ends: [
    '潮の満ち引きだけでは説明できないと思いました。',
    '灯台の位置が古い地図と違っていることに気づきました。',
    '網で魚を獲る人はもうほとんどいません。',
    '最後の段落にとても驚かされました！',
    '橋を架けるより渡し船の方がずっと安かったはずです。',
    '塩の話をもう少し詳しく聞かせてもらえませんか？',
    '本を全部二階へ運んだ日のことを思い出します。',
    '数字の出典が書かれていないのが気になりました。',
    '日曜の市場がなくならずにすんだのは幸いでした。',
    '分かりやすい説明をありがとうございます。',
    'ソーラーパネルの角度も関係しているのでしょうか。',
    '賛成できない点もありますが、続きを楽しみにしています。',
    '写真のカモメは本当にウミネコなのか調べてみます。',
    '来月の集まりでみんなに紹介するつもりです。',
  ],
}

/** Short comments, each a sentence or two, by what they are. */
export const sentences = () => ({ fine: pairs(fine), spam: pairs(spam), japanese: pairs(japanese) })

/** A Japanese comment of so many characters. */
export const longJapanese = (length: number) => pairs(japanese).join('').slice(0, length)
