import { describe, expect, test } from 'vitest'
import { siteSettings } from '../../../worker/contract/siteSettings.ts'
import { fieldsOf, idOf, originOf } from '../../../worker/host/siteFields.ts'

describe('What the command line says of a site', () => {
  test('is read by the table of settings, whatever their kind', () => {
    const settings = [
      'maxLinks=5',
      'errorRate=0.02',
      'holdLinks=on',
      'holdNewDomains=off',
      'proof=work',
      'turnstileSiteKey=',
      'holdNight=22-6 Asia/Tokyo',
    ]
    expect(fieldsOf({ name: 'Blog', origin: ['HTTPS://Blog.example/'], settings })).toEqual({
      name: 'Blog',
      origins: ['https://blog.example'],
      settings: {
        maxLinks: 5,
        errorRate: 0.02,
        holdLinks: true,
        holdNewDomains: false,
        proof: 'work',
        turnstileSiteKey: '',
        holdNight: { from: 22, to: 6, timeZone: 'Asia/Tokyo' },
      },
    })
    expect(fieldsOf({ settings: ['holdNight=off'] })).toEqual({ settings: { holdNight: null } })
    expect(fieldsOf({ settings: [] })).toEqual({})
    for (const name of Object.keys(siteSettings))
      expect(() => fieldsOf({ settings: [`${name}=${'?'.repeat(500)}`] }), name).toThrow(`${name} takes `)
  })

  test.each([
    ['maxLinks=many', 'maxLinks takes a whole number from 0 to 100, not "many".'],
    ['maxLinks=101', 'from 0 to 100'],
    ['errorRate=0.5', 'errorRate takes a number from 0.001 to 0.1'],
    ['holdLinks=maybe', 'holdLinks takes on or off'],
    ['holdNight=22', 'off, or hours and a time zone such as "22-6 Asia/Tokyo"'],
    ['proof=captcha', 'proof takes none, work, turnstile'],
    ['maxLinks', 'site show ID lists the names'],
    ['constructor=1', 'site show ID lists the names'],
  ])('is refused in words: %s', (setting, words) => {
    expect(() => fieldsOf({ settings: [setting] })).toThrow(words)
  })

  test('says what an id, an origin, a language and a policy are', () => {
    expect(() => idOf('My Blog')).toThrow('such as "my-blog", not "My Blog"')
    for (const text of ['x.example', 'https://x.example/blog', 'ftp://x.example', 'https://x.example:*'])
      expect(() => originOf(text)).toThrow(`--origin takes https://host, without a path, not "${text}".`)
    expect(originOf('http://localhost:*')).toBe('http://localhost:*')
    expect(() => fieldsOf({ locale: 'no language', settings: [] })).toThrow('such as en or ja')
    expect(() => fieldsOf({ policy: 'none', settings: [] })).toThrow('premoderate, trusted, postmoderate')
  })
})
