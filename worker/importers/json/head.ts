import { Tokenizer, TokenParser, TokenType } from '@streamparser/json'
import { type Fields, field, fieldsOf, listIn } from './fields.ts'

/** How deep the beginning of a file is looked into. */
const deepest = 200

/**
 * What the beginning of a file of JSON holds, as far as it goes: its roots, the last of which may lack its end. Empty where
 * it is no JSON.
 */
function rootsOf(head: string): unknown[] {
  const roots: unknown[] = []
  let open: unknown
  const parser = new TokenParser({ keepStack: true, separator: '' })
  parser.onValue = ({ value, parent, stack }) => {
    open = stack.length === 0 ? undefined : (stack[1]?.value ?? parent)
    if (stack.length === 0) roots.push(value)
  }
  const tokenizer = new Tokenizer({ separator: '' })
  let depth = 0
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) depth += 1
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth -= 1
    if (depth > deepest) throw new RangeError('This is too deep for a file of comments.')
    parser.write(token)
  }
  try {
    tokenizer.write(head.replace(/^#.*$/gm, ''))
  } catch {
    // What came before the flaw tells what the file is.
  }
  return open === undefined ? roots : [...roots, open]
}

/** The objects that stand at the roots of the beginning of a file, or in arrays there, and in arrays in these. */
export function rootObjects(head: string): Fields[] {
  return objectsOf(rootsOf(head).flat(2))
}

/** The same, and in their place what the arrays with these names hold: `results`, `data`. */
export function firstRecords(head: string, names: string[]): Fields[] {
  return rootObjects(head).flatMap((root) => {
    const name = names.find((name) => Array.isArray(field(root, name)))
    return name === undefined ? [root] : objectsOf(listIn(root, name))
  })
}

function objectsOf(values: readonly unknown[]): Fields[] {
  return values.map(fieldsOf).filter((fields) => fields !== null)
}

/** Whether an object has all of these fields. */
export function has(fields: Fields | undefined, ...names: string[]): boolean {
  return fields !== undefined && names.every((name) => Object.hasOwn(fields, name))
}
