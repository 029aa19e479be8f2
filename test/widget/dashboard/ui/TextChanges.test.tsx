import { cleanup, render } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { speak } from '../../../../widget/dashboard/core/words.ts'
import en from '../../../../widget/dashboard/locales/en.json'
import { TextChanges, type Version } from '../../../../widget/dashboard/ui/TextChanges.tsx'

const version = (body: string, ...hrefs: string[]): Version => ({
  body,
  content: [
    {
      type: 'paragraph',
      children: [body, ...hrefs.map((href) => ({ type: 'link' as const, href, children: [href] }))],
    },
  ],
})

describe('What changed in a text', () => {
  beforeEach(() => speak('en', en))
  afterEach(cleanup)

  it('is marked, what was added before what it replaces, and named for who cannot see marks', () => {
    const { container } = render(
      <TextChanges before={version('I like red boats')} after={version('I like blue boats')} />,
    )
    const marks = [...container.querySelectorAll('ins, del')]
    expect(marks.map(({ tagName }) => tagName)).toEqual(['INS', 'DEL'])
    expect(marks.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^\S.* blue$/),
      expect.stringMatching(/^\S.* red$/),
    ])
    expect(container.querySelector('.chips')).toBeNull()
  })

  it('has a chip for a link that is new, and none for one that was there', () => {
    const { container } = render(
      <TextChanges
        before={version('See here', 'https://known.example/a')}
        after={version('See here', 'https://known.example/b', 'https://shop.example/')}
      />,
    )
    const chips = [...container.querySelectorAll('.chips li')].map(({ textContent }) => textContent)
    expect(chips).toEqual(['new link: shop.example'])
  })
})
