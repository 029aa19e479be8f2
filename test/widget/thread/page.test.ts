import { afterEach, describe, expect, it } from 'vitest'
import { pageOf } from '../../../widget/thread/model/page.ts'

const here = location.origin

function at(path: string, canonical?: string) {
  history.replaceState(null, '', path)
  if (canonical === undefined) return
  const link = document.createElement('link')
  link.rel = 'canonical'
  link.setAttribute('href', canonical)
  document.head.append(link)
}

afterEach(() => document.head.replaceChildren())

describe('pageOf', () => {
  it.each([
    ['/a/b?x=1#part', undefined, '/a/b?x=1', `${here}/a/b?x=1`],
    ['/a?utm_source=x', '/a', '/a', `${here}/a`],
    ['/a', '/canonical?p=1#top', '/canonical?p=1', `${here}/canonical?p=1`],
    ['/draft', 'https://blog.example/published', '/published', `${here}/draft`],
    ['/a', 'https://', '/a', `${here}/a`],
    ['/a', '', '/a', `${here}/a`],
  ])('at %s with the canonical link %s keys %s', (path, canonical, key, url) => {
    at(path, canonical)
    expect(pageOf('', '')).toMatchObject({ key, url })
  })

  it('believes no canonical link that a router has left from the page before', () => {
    at('/router/one', '/router/first')
    expect(pageOf('', '').key).toBe('/router/first')
    at('/router/two')
    expect(pageOf('', '').key).toBe('/router/two')
    at('/router/one?page=2')
    expect(pageOf('', '').key).toBe('/router/first')
  })

  it('takes the embedder’s key and title before all', () => {
    at('/a', '/b')
    expect(pageOf('post-17', 'Mine')).toMatchObject({ key: 'post-17', title: 'Mine', url: `${here}/b` })
  })

  it('takes og:title before the document’s', () => {
    document.title = ' Document '
    expect(pageOf('', '').title).toBe('Document')
    const meta = document.createElement('meta')
    meta.setAttribute('property', 'og:title')
    meta.content = 'Of the card'
    document.head.append(meta)
    expect(pageOf('', '').title).toBe('Of the card')
  })

  it.each([
    ['/docs#/guide', '/docs#/guide'],
    ['/docs#!/guide?id=setup', '/docs#!/guide?id=setup'],
    ['/docs?x=1#/', '/docs?x=1#/'],
    ['/docs#top', '/docs'],
    ['/docs#', '/docs'],
  ])('at %s tells the pages of a hash router apart', (path, key) => {
    at(path)
    expect(pageOf('', '')).toMatchObject({ key, url: here + key })
  })

  it.each([
    ['/post', '/', '/post'],
    ['/post', 'https://blog.example/', '/post'],
    ['/post?p=1', '/?p=1', '/?p=1'],
    ['/', '/', '/'],
    ['/?page=2', '/', '/'],
  ])(
    'at %s with the canonical link %s is the page %s: not every page is the home page',
    (path, canonical, key) => {
      at(path, canonical)
      expect(pageOf('', '').key).toBe(key)
    },
  )
})
