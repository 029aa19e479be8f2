import { converse, decide, post, type Said } from '../e2e/conversation.ts'
import { offerOn, type Scene } from './scene.ts'

const talk: Said[] = [
  {
    name: 'Ines Carvalho',
    body: '> on their terms\n\nThat is the point. The licence has **two sentences** nobody reads: see [the text](https://example.org/licence), and `terms.md` beside it.',
    replies: [
      {
        name: 'Marit Haugland',
        body: 'I read them for the follow-up. Thank you.',
        replies: [{ name: 'Duarte', body: 'Looking forward to it.' }],
      },
    ],
  },
  { name: 'Hannah Weiss', body: 'Fair, but every base was once built on another one.' },
]

const arabic: Said[] = [
  {
    name: 'ليلى حداد',
    body: 'مقال جيد، لكن الرخصة لا تقول ذلك بالضبط. اقرأوا `terms.md` أولاً.',
    replies: [{ name: 'Duarte', body: 'Could you quote the part you mean?' }],
  },
  { name: 'سامي', body: 'أتفق مع الكاتبة.' },
]

const japanese: Said[] = [
  {
    name: '佐藤 みなみ',
    body: '公開モデルの上に築くことは、近道であると同時に、相手の規約と方針の上に家を建てることでもあります。短い目では前進でも、長い目では自分の基礎が要るという指摘に同意します。',
    replies: [{ name: '編集部', body: 'ご指摘の点は続報で取り上げます。ありがとうございます。' }],
  },
  { name: 'Haruka Tanabe', body: '気になるのはデータの扱いです。' },
]

/** The conversation of most states: with a badge, a pin and some likes. */
async function discuss({ product, subject }: Scene): Promise<string[]> {
  const ids = await converse(product, subject, talk)
  const like = (id?: string) =>
    fetch(`${product.url}/v1/sites/demo/comments/${id}/like`, {
      method: 'PUT',
      headers: { origin: new URL(subject.url).origin, authorization: `Bearer ${crypto.randomUUID()}` },
    })
  await like(ids[0])
  await like(ids[1])
  const found = (await (await product.api('GET', `queue?tab=all&limit=20&site=demo`)).json()) as {
    items: { id: string; author: { id: string } }[]
  }
  const author = found.items.find(({ id }) => id === ids[1])?.author.id
  await product.api('PUT', `authors/${author}/badge`, { badge: 'Author' })
  return ids
}

async function write({ page }: Scene, text: string, name = 'Mika') {
  await page.getByRole('textbox', { name: 'Write a comment' }).fill(text)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
}

const send = ({ page }: Scene) => page.getByRole('button', { name: 'Send for approval' }).click()

/** Posts by the form, and resolves with the comment's id. */
async function posted(scene: Scene, text: string): Promise<string> {
  await scene.visit()
  await write(scene, text)
  await send(scene)
  const mine = scene.page.getByRole('article').filter({ hasText: text })
  await mine.getByText('Waiting for approval').waitFor()
  return ((await mine.getAttribute('id')) as string).replace('comment-', '')
}

/** The states of a thread under an article: each by what brings it about. */
export const states: Record<string, (scene: Scene) => Promise<void>> = {
  async thread(scene) {
    await discuss(scene)
    await scene.visit()
  },
  async empty(scene) {
    await scene.visit()
  },
  async japanese(scene) {
    await converse(scene.product, scene.subject, japanese)
    await scene.visit({ lang: 'ja' })
  },
  async arabic(scene) {
    await converse(scene.product, scene.subject, arabic)
    await scene.visit({ lang: 'ar" dir="rtl' })
  },
  async composer(scene) {
    await discuss(scene)
    await scene.visit()
    await scene.page.getByRole('button', { name: /^Reply to Hannah/ }).click()
    await scene.page.getByRole('textbox', { name: /^Reply to/ }).fill('Not every base, though.')
  },
  async preview(scene) {
    await scene.visit()
    await write(
      scene,
      'A *preview* with [a link](https://example.org):\n\n> a quote\n\n- one\n- two\n\n`code`',
    )
    await scene.page.getByRole('button', { name: 'Formatting' }).click()
    await scene.page.getByRole('button', { name: 'Preview' }).click()
    await scene.page.getByRole('region', { name: 'Preview' }).waitFor()
  },
  async errors(scene) {
    await scene.visit()
    await write(scene, 'A text to keep', '')
    await scene.page.getByRole('textbox', { name: /E-mail/ }).fill('nowhere')
    await send(scene)
    await scene.page.getByText('Please fill this in.').waitFor()
  },
  async waiting(scene) {
    await discuss(scene)
    await posted(scene, 'Which base would you have laid yourself?')
  },
  async rejected(scene) {
    const id = await posted(scene, 'What a stupid article.')
    await decide(scene.product, [id], 'reject', 'abuse')
    await scene.page.reload()
    await scene.page.getByRole('button', { name: 'Ask for another look' }).waitFor()
  },
  async appeal(scene) {
    const id = await posted(scene, 'What a stupid article.')
    await decide(scene.product, [id], 'reject', 'abuse')
    await scene.page.reload()
    await scene.page.getByRole('button', { name: 'Ask for another look' }).click()
    await scene.page.getByRole('button', { name: 'Ask', exact: true }).waitFor()
  },
  async withdraw(scene) {
    await posted(scene, 'I did not mean that.')
    await scene.page.getByRole('button', { name: 'Withdraw' }).click()
    await scene.page.getByText('Withdraw this comment for good?').waitFor()
  },
  async failed(scene) {
    await scene.context.route('**/v1/**', (route) => route.abort())
    await scene.visit()
    await scene.page.getByText('The comments could not be loaded.').waitFor()
  },
  async offline(scene) {
    await discuss(scene)
    await scene.visit()
    await write(scene, 'Written in a tunnel.')
    await scene.context.setOffline(true)
    await send(scene)
    await scene.page
      .getByText(/^Not sent yet/)
      .first()
      .waitFor()
  },
  async closed(scene) {
    const [id] = await discuss(scene)
    const found = (await (await scene.product.api('GET', 'queue?tab=all&limit=20&site=demo')).json()) as {
      items: { id: string; thread: { id: number } }[]
    }
    const thread = found.items.find((item) => item.id === id)?.thread.id
    await scene.product.api('POST', `threads/${thread}/closure`)
    await scene.visit()
    await scene.page.getByText(/Comments were closed/).waitFor()
  },
  async report(scene) {
    await discuss(scene)
    await scene.visit()
    await scene.page.getByRole('button', { name: 'More…' }).last().click()
    await scene.page.getByRole('button', { name: 'Report' }).click()
    await scene.page.getByRole('radio', { name: 'Insult or hate' }).check()
  },
  async acts(scene) {
    await discuss(scene)
    await scene.visit()
    await scene.page.getByRole('button', { name: 'More…' }).first().click()
    await scene.page.getByRole('button', { name: 'Copy link' }).waitFor()
  },
  async fresh(scene) {
    await discuss(scene)
    await scene.page.clock.install()
    await scene.visit()
    await scene.page.getByRole('article').first().waitFor()
    const id = await post(scene.product, scene.subject, { name: 'Duarte', body: 'New while you read.' })
    await decide(scene.product, [id], 'approve')
    await offerOn(scene.page)
  },
  async linked(scene) {
    const [id] = await discuss(scene)
    await scene.visit()
    await scene.page.evaluate((hash) => location.assign(hash), `#comment-${id}`)
    await scene.page.locator('.linked').waitFor()
  },
  async missing(scene) {
    await discuss(scene)
    await scene.visit()
    await scene.page.evaluate((hash) => location.assign(hash), `#comment-${crypto.randomUUID()}`)
    await scene.page.getByText('The comment this link leads to is not here.').waitFor()
  },
  async plain(scene) {
    await discuss(scene)
    await scene.page.goto(
      `${scene.product.url}/t/demo?${new URLSearchParams({ key: scene.subject.key, lang: 'en' })}`,
    )
  },
}
