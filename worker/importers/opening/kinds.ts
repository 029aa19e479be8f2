import type { OpenProblem } from './problems.ts'

/** Kinds of files that are no export, by their first bytes, as a file's magic numbers have it. */
const signatures: [hex: string, OpenProblem][] = [
  ['25504446', 'pdf'],
  ['89504e47', 'picture'],
  ['ffd8ff', 'picture'],
  ['47494638', 'picture'],
  ['52494646', 'picture'],
  ['d0cf11e0a1b11ae1', 'office'],
  ['377abcaf271c', 'other_archive'],
  ['526172211a07', 'other_archive'],
  ['fd377a585a00', 'other_archive'],
  ['425a68', 'other_archive'],
  ['28b52ffd', 'other_archive'],
]

/** What a file is that no format knows, so far as its first bytes and its text tell. */
export function kindOf(head: Uint8Array, text: string): OpenProblem {
  if (head.length === 0) return 'empty'
  const hex = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const known = signatures.find(([start]) => hex.startsWith(start))
  if (known) return known[1]
  const start = text.slice(0, 4000).trimStart()
  if (/^(<!doctype html|<html)/i.test(start)) return 'web_page'
  if (/^(<\?xml[^>]*>\s*)?(<!--((?!-->)[\s\S])*-->\s*)*<(rss|feed|rdf:RDF)\b/i.test(start)) return 'feed'
  if (/^(--|\/\*)[\s\S]*\b(MySQL|MariaDB|PostgreSQL|SQLite|phpMyAdmin)\b|^(CREATE|INSERT)\s/i.test(start))
    return 'sql_dump'
  if (isTable(start)) return 'table'
  return 'unknown'
}

/** Whether lines have the same columns, by comma, semicolon or TAB. */
function isTable(start: string): boolean {
  const [first = '', second = ''] = start.split(/\r\n|\r|\n/)
  if (/^[<{[]/.test(first)) return false
  return [',', ';', '\t'].some((by) => first.split(by).length > 2 && second.split(by).length > 2)
}
