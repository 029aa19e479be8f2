import { describe, expect, test } from 'vitest'
import { bothClasses, readCorpus, readTexts } from '../../../../worker/host/evaluate/corpus.ts'

const read = (text: string, needed: Parameters<typeof readCorpus>[2] = []) =>
  readCorpus(new TextEncoder().encode(text), 'comments.csv', needed)
const bodies = (text: string) => read(text).map(({ body }) => body)

describe('A corpus', () => {
  test('is read by the names of its columns, in any order, whatever else it has', () => {
    expect(read('id,body,label,date,group\n7,Hello there,ham,2026-01-01,a\n8,Buy now,spam,,b')).toEqual([
      { group: 'a', label: 'fine', date: '2026-01-01', body: 'Hello there', number: 2 },
      { group: 'b', label: 'spam', date: '', body: 'Buy now', number: 3 },
    ])
    expect(read('name,url,label,body\nAnna,https://anna.example/,ham,One\n,,spam,Two')).toMatchObject([
      { name: 'Anna', url: 'https://anna.example/' },
      { name: '', url: null },
    ])
  })

  test.each([
    ['quoted quotes and commas', 'label,body\nham,"She said ""no"", twice"', 'She said "no", twice'],
    ['line breaks in a field', 'label,body\r\nham,"one\r\ntwo\nthree"\r\n', 'one\r\ntwo\nthree'],
    ['CRLF', 'label,body\r\nham,one\r\n', 'one'],
    ['lines that end both ways', 'label,body\nham,one\r\n', 'one'],
    ['a byte order mark', '\ufefflabel,body\nham,one', 'one'],
    ['a byte order mark before a quote', '\ufeff"label","body"\nham,one', 'one'],
    ['spaces that matter', 'label,body\nham,"  one "', '  one '],
    ['no line break at the end', 'label,body\nham,one', 'one'],
    ['empty lines', 'label,body\n\nham,one\n\n', 'one'],
    ['names and labels in capitals', 'Label,BODY\nHAM,one', 'one'],
  ])('may have %s', (_, text, body) => {
    expect(bodies(text)).toEqual([body])
  })

  test('takes a site’s own words for its decisions', () => {
    const labels = read('label,body\napproved,a\nfine,b\nham,c\nspam,d').map(({ label }) => label)
    expect(labels).toEqual(['fine', 'fine', 'fine', 'spam'])
  })

  test.each([
    ['', 'comments.csv is empty.'],
    ['label,body\n', 'comments.csv has a header but no rows.'],
    ['label,text\nham,one', 'comments.csv has no column "body", only "label", "text".'],
    [
      'label,body\nham,one\nham,"two\nlines"\neggs,three',
      'comments.csv, row 4: the label "eggs" is neither spam nor ham.',
    ],
    ['label,body\nham,one,two', /^comments\.csv is no CSV as RFC 4180 has it: .* line 2\.$/],
    ['label,body\nham,"one', /^comments\.csv is no CSV as RFC 4180 has it: Quote Not Closed/],
    ['label,body\nham,one "two"', /^comments\.csv is no CSV as RFC 4180 has it: Invalid/],
  ])('that is wrong is told why: %j', (text, complaint) => {
    expect(() => read(text)).toThrow(complaint)
  })

  test.each([
    ['label,\u001b[2Jtext\nham,one', 'comments.csv has no column "body", only "label", "[2jtext".'],
    [
      'label,body\n\u001b]0;eggs\u0007\u009b,one',
      'comments.csv, row 2: the label "]0;eggs" is neither spam nor ham.',
    ],
    ['label,body\nham,"one"\u001btwo', /^[^\p{Cc}]* is no CSV as RFC 4180 has it: Invalid[^\p{Cc}]*$/u],
  ])('that is wrong does not steer the terminal: %j', (text, complaint) => {
    expect(() => read(text)).toThrow(complaint)
  })

  test('needs the columns that its protocol reads', () => {
    expect(() => read('label,body\nham,one', ['group'])).toThrow('comments.csv has no column "group"')
  })

  test('must be UTF-8', () => {
    const latin = Uint8Array.from(Buffer.from('label,body\nham,caf\xe9', 'latin1'))
    expect(() => readCorpus(latin, 'comments.csv')).toThrow('comments.csv is not UTF-8.')
  })

  test('of one class has nothing to tell apart', () => {
    expect(() => bothClasses(read('label,body\nham,one'), 'comments.csv')).toThrow(
      'comments.csv has no spam.',
    )
    expect(() => bothClasses(read('label,body\nspam,one'), 'comments.csv')).toThrow(
      'comments.csv has no ham.',
    )
  })
})

test('Texts from elsewhere are an array of strings and nothing else', () => {
  expect(readTexts('["ひとつ","two"]', 'others.json')).toEqual(['ひとつ', 'two'])
  for (const json of ['', '{}', '[]', '["one",2]'])
    expect(() => readTexts(json, 'others.json')).toThrow('others.json must be a JSON array of strings.')
})
