import { waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { contentOf } from '../../../widget/common/markdown.ts'
import { markdownOf } from '../../../widget/thread/later/writing/pastedMarkdown.ts'
import type { NewComment } from '../../../worker/contract/comment.ts'
import { comeBack, loaded, press, reload, type Shown, setUp, type, worker, write } from './stage.ts'
import { commentOf } from './worker.ts'

setUp()

/** Begins to write: the form is open, with all that helps to write. */
async function begin(text = ''): Promise<{ thread: Shown; field: HTMLTextAreaElement }> {
  const thread = await loaded()
  const field = thread.getByLabelText('Write a comment') as HTMLTextAreaElement
  type(field, text)
  await thread.findByRole('button', { name: 'Preview' })
  return { thread, field }
}

const sent = () => worker.asked('POST', /comments$/)[0]?.body as NewComment
const preview = (thread: Shown) => thread.root.querySelector('[part=preview]')

describe('the preview', () => {
  it('shows what will become of the text, and follows it', async () => {
    const { thread, field } = await begin('**Bold** <b>not</b>')
    const button = thread.getByRole('button', { name: 'Preview' })
    expect(button.getAttribute('aria-pressed')).toBe('false')
    button.click()
    await waitFor(() =>
      expect(preview(thread)?.innerHTML).toBe('<p><strong>Bold</strong> &lt;b&gt;not&lt;/b&gt;</p>'),
    )
    expect(button.getAttribute('aria-pressed')).toBe('true')
    type(field, '- one\n- two')
    await waitFor(() => expect(preview(thread)?.querySelectorAll('li')).toHaveLength(2))
    thread.getByRole('button', { name: 'Write' }).click()
    await waitFor(() => expect(preview(thread)).toBeNull())
  })

  it('is over once the comment is sent', async () => {
    const { thread } = await begin('*x*')
    thread.getByRole('button', { name: 'Preview' }).click()
    await waitFor(() => expect(preview(thread)).not.toBeNull())
    await write(thread, 'Sent')
    await thread.findByText('Waiting for approval · only you see this')
    expect(preview(thread)).toBeNull()
  })
})

describe('all that helps to write', () => {
  it('is there for replies', async () => {
    worker.show(commentOf({ id: 'one' }))
    const thread = await loaded()
    thread.root.getElementById('reply-one')?.click()
    await thread.findByRole('button', { name: 'Preview' })
  })

  it('is there for a text that was left here before', async () => {
    type((await loaded()).getByLabelText('Write a comment'), 'Half')
    const again = await reload()
    again.getByLabelText('Write a comment').focus()
    await again.findByRole('button', { name: 'Preview' })
  })
})

describe('the help', () => {
  it('tells how to format, when asked', async () => {
    const { thread } = await begin()
    const button = thread.getByRole('button', { name: 'Formatting' })
    button.click()
    await thread.findByText(/- list, \[words\]\(https/)
    expect(button.getAttribute('aria-expanded')).toBe('true')
    button.click()
    await waitFor(() => expect(thread.queryByText(/- list, \[words\]/)).toBeNull())
  })
})

describe('pasting', () => {
  function paste(field: HTMLTextAreaElement, html: string, plain: string): Event {
    const data = new DataTransfer()
    data.setData('text/plain', plain)
    if (html) data.setData('text/html', html)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    field.dispatchEvent(event)
    return event
  }

  it('makes Markdown of rich text, at the cursor', async () => {
    const { thread, field } = await begin('Before after')
    field.setSelectionRange(7, 7)
    expect(paste(field, '<p>a <b>bold</b> word</p>', 'a bold word').defaultPrevented).toBe(true)
    await waitFor(() => expect(field.value).toBe('Before a **bold** wordafter'))
    await write(thread, field.value)
    await thread.findByText('Waiting for approval · only you see this')
    expect(sent().body).toBe('Before a **bold** wordafter')
  })

  it.each([
    ['plain text', ''],
    ['rich text without any form', '<meta charset="utf-8"><span style="color: red">red</span>'],
  ])('leaves %s to the browser', async (_, html) => {
    const { field } = await begin()
    expect(paste(field, html, 'red').defaultPrevented).toBe(false)
  })

  it('takes the text as it is where nothing else is left of it', async () => {
    const { field } = await begin()
    paste(field, '<p><img src="x.png"></p>', 'x.png')
    await waitFor(() => expect(field.value).toBe('x.png'))
  })
})

describe('rich text as Markdown', () => {
  it.each([
    ['emphasis', '<p><i>a</i> <em>b</em> <b>c</b> <strong>d</strong></p>', '*a* *b* **c** **d**'],
    ['paragraphs and breaks', '<p>a<br>b</p><p>c</p>', 'a\nb\n\nc'],
    ['a heading', '<h2>Title</h2><p>text</p>', '**Title**\n\ntext'],
    ['a bold heading', '<h1><b>Title</b></h1>', '**Title**'],
    ['an empty heading', '<h1> </h1><p>a</p>', 'a'],
    ['a quotation', '<blockquote><p>a</p><p>b</p></blockquote>', '> a\n>\n> b'],
    ['code', '<p>the <code>x*y</code></p>', 'the `x*y`'],
    ['a block of code', '<pre><code>if (a) {\n  b()\n}</code></pre>', '```\nif (a) {\n  b()\n}\n```'],
    ['a block without <code>', '<pre>a\n  b</pre>', '```\na\n  b\n```'],
    ['a list', '<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['a numbered list', '<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    [
      'lists in lists',
      '<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>',
      '- a\n  - b\n    1. c\n- d',
    ],
    [
      'lists beside what they belong to',
      '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>',
      '- a\n  - b\n- c',
    ],
    ['a link', '<a href="https://a.example/b?c=d">words</a>', '[words](https://a.example/b?c=d)'],
    [
      'a link with a title',
      '<a href="https://a.example/" title="T">words</a>',
      '[words](https://a.example/)',
    ],
    ['an address by mail', '<a href="mailto:a@b.example">Ann</a>', '[Ann](mailto:a@b.example)'],
    ['a bare link', '<a href="https://a.example/">https://a.example/</a>', 'https://a.example/'],
    ['a script for a link', '<p><a href="javascript:alert(1)">click</a></p>', 'click'],
    ['data for a link', '<p><a href="data:text/html,x">click</a></p>', 'click'],
    ['a place on the page', '<p><a href="#top">up</a> <a>no</a></p>', 'up no'],
    ['an image', '<p>a <img src="https://a.example/b.png" alt="cat"> b</p>', 'a cat b'],
    ['an image without words', '<p>a <img src="x"></p>', 'a'],
    ['an image in a link', '<p><a href="https://a.example/"><img src="x"></a>b</p>', 'b'],
    [
      'a table',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>',
      'a | b\nc | d',
    ],
    ['what is not text', '<p>a</p><script>b()</script><style>c {}</style><title>d</title>', 'a'],
    ['a rule', '<p>a</p><hr><p>b</p>', 'a\n\nb'],
    ['a space as Chromium copies it', '<b>bold</b><span><span>&nbsp;</span>pasted</span>', '**bold** pasted'],
    ['a space where no line may end', '<p>Vraiment&nbsp;!</p>', 'Vraiment\u00a0!'],
    ['signs that would mean something', '<p>2*3*4 [x] _y_ &lt;b&gt;</p>', '2\\*3\\*4 \\[x] \\_y\\_ \\<b>'],
    [
      'what a word processor copies',
      '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Word 15">' +
        '<style><!-- p.MsoNormal {margin:0cm;} --></style><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></head>' +
        '<body lang=EN-GB><!--StartFragment--><p class=MsoNormal><b><span lang=EN-US>Bold</span></b> and ' +
        '<i>italic</i><o:p></o:p></p><p class=MsoNormal>Two<o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>',
      '**Bold** and *italic*\n\nTwo',
    ],
    [
      'what an online editor copies',
      '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span ' +
        'style="font-weight:400">Plain, </span><span style="font-weight:700">bold</span><span style="font-style:italic">' +
        ' and italic</span></p><br><ul><li dir="ltr"><p dir="ltr"><span>one</span></p></li><li dir="ltr">' +
        '<p dir="ltr"><span>two</span></p></li></ul></b>',
      'Plain, **bold** *and italic*\n\n- one\n- two',
    ],
  ])('has %s', (_, html, markdown) => {
    expect(markdownOf(html)).toBe(markdown)
  })

  it('is shown as it was meant', () => {
    const html = '<p>a <b>b</b></p><ul><li>c<ul><li>d</li></ul></li></ul><pre><code>e\n</code></pre>'
    const item = (...children: object[]) => ({ type: 'item', children })
    const paragraph = (text: string) => ({ type: 'paragraph', children: [text] })
    expect(contentOf(markdownOf(html))).toMatchObject([
      { type: 'paragraph', children: ['a ', { type: 'strong', children: ['b'] }] },
      {
        type: 'list',
        children: [item(paragraph('c'), { type: 'list', children: [item(paragraph('d'))] })],
      },
      { type: 'codeBlock', text: 'e\n' },
    ])
  })
})

describe('a refused comment', () => {
  const refused = async () => {
    const thread = await loaded()
    await write(thread, 'Mine')
    await thread.findByText('Waiting for approval · only you see this')
    const { id } = sent()
    worker.decide(id, 'rejected', 'off_topic')
    Object.assign(worker.stored.get(id)?.own ?? {}, { appealable: true })
    comeBack()
    const button = await thread.findByRole('button', { name: 'Ask for another look' })
    button.click()
    const field = await thread.findByLabelText('Why should it be looked at again? (optional)')
    return { thread, id, button, field }
  }
  const appeals = () => worker.asked('POST', /appeal$/).map(({ body }) => body)

  it('can be asked about again, with a word on why', async () => {
    const { thread, field } = await refused()
    expect(thread.root.activeElement).toBe(field)
    type(field, 'It is about bread.')
    thread.getByRole('button', { name: 'Ask' }).click()
    await thread.findByText('Waiting for approval · only you see this')
    expect(appeals()).toEqual([{ note: 'It is about bread.' }])
    expect(thread.root.querySelector('[role=status]')?.textContent).toBe(
      'Asked. A moderator will look at it again.',
    )
    expect(thread.queryByRole('button', { name: 'Ask for another look' })).toBeNull()
  })

  it('can be asked about again without a word', async () => {
    const { field } = await refused()
    press(field, 'Enter', { ctrlKey: true })
    await waitFor(() => expect(appeals()).toEqual([{}]))
  })

  it('stays as it is when the reader leaves the form', async () => {
    const { thread, id, field } = await refused()
    press(field, 'Escape')
    await waitFor(() => expect(thread.root.activeElement?.id).toBe(`appeal-${id}`))
    expect(appeals()).toEqual([])
    thread.getByText('Your comment was not approved. It is off topic.', { selector: '.state' })
  })

  it('says why it cannot be asked about, and keeps the words', async () => {
    const { thread, field } = await refused()
    worker.fault = ({ path }) =>
      path.endsWith('appeal') ? { status: 409, error: { code: 'conflict', message: '' } } : undefined
    type(field, 'Please')
    press(field, 'Enter', { ctrlKey: true })
    await thread.findByText('It has changed in the meantime. Please look again.')
    expect(field).toHaveProperty('value', 'Please')
  })
})
