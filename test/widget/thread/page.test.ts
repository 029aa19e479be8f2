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

  it('takes the embedder’s key and title before all', () => {
    at('/a', '/b')
    expect(pageOf('post-17', 'Mine')).toMatchObject({ key: 'post-17', title: 'Mine', url: `${here}/b` })
  })

  it('takes og:title before the document’s, and no more than 500 code points', () => {
    document.title = ' Document '
    expect(pageOf('', '').title).toBe('Document')
    const meta = document.createElement('meta')
    meta.setAttribute('property', 'og:title')
    meta.content = '😀'.repeat(600)
    document.head.append(meta)
    document.title = 'Document'
    expect(pageOf('', '').title).toBe('😀'.repeat(500))
  })
})
