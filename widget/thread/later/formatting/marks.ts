/** What a button does to a text: what it replaces by what, and what is selected afterwards, within that. */
export interface Edit {
  from: number
  to: number
  text: string
  selected: [start: number, end: number]
}

type Mark = (text: string, start: number, end: number) => Edit

/** What the buttons do, by their words. Each takes back what it did before. */
export const marks = {
  bold: (text, start, end) => wrap(text, start, end, '**'),
  italic: (text, start, end) => wrap(text, start, end, '*'),
  linkWords: link,
  quote: (text, start, end) => prefix(text, start, end, '> '),
  code: (text, start, end) =>
    text.slice(start, end).includes('\n') ? fence(text, start, end) : wrap(text, start, end, '`'),
  list: (text, start, end) => prefix(text, start, end, '- '),
} satisfies Record<string, Mark>

/** Puts signs around what is selected, spaces at its ends apart: what ends with a space is no emphasis. */
function wrap(text: string, start: number, end: number, sign: string): Edit {
  const inner = text.slice(start, end).trim()
  const from = start + text.slice(start, end).indexOf(inner)
  const to = from + inner.length
  const { length } = sign
  const before = /([*`]?)\1*$/.exec(text.slice(0, from))?.[0] ?? ''
  // Of three asterisks one is for italics, two are for bold.
  const there = sign === '*' ? before.length % 2 === 1 : before.length >= length
  if (there && before.startsWith(sign) && text.startsWith(sign, to))
    return { from: from - length, to: to + length, text: inner, selected: [0, inner.length] }
  return { from, to, text: sign + inner + sign, selected: [length, length + inner.length] }
}

/** Makes a link of what is selected, be it the words or the address; the other is selected, to be typed. */
function link(text: string, start: number, end: number): Edit {
  const selected = text.slice(start, end)
  if (/^https?:\S+$/.test(selected))
    return { from: start, to: end, text: `[](${selected})`, selected: [1, 1] }
  const at = selected.length + 3
  return { from: start, to: end, text: `[${selected}](https://)`, selected: [at, at + 8] }
}

/** Puts a sign before each line, or takes it away where all have it. */
function prefix(text: string, start: number, end: number, sign: string): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = `${text}\n`.indexOf('\n', Math.max(start, end - Number(text[end - 1] === '\n')))
  const lines = text.slice(from, to).split('\n')
  const there = lines.every((line) => line.startsWith(sign))
  const made = lines.map((line) => (there ? line.slice(sign.length) : sign + line)).join('\n')
  return { from, to, text: made, selected: [start === end ? made.length : 0, made.length] }
}

function fence(text: string, start: number, end: number): Edit {
  const before = start && text[start - 1] !== '\n' ? '\n```\n' : '```\n'
  const inner = text.slice(start, end).replace(/\n$/, '')
  return {
    from: start,
    to: end,
    text: `${before}${inner}\n\`\`\`\n`,
    selected: [before.length, before.length + inner.length],
  }
}
