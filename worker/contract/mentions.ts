/** Somebody whom a note may name. */
export interface Mentionable {
  id: string
  name: string
}

const word = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** Those of some people whom a text names as `@Name`, in any case; of names that begin alike the longest. */
export function mentionsIn<Person extends Mentionable>(text: string, people: Person[]): Person[] {
  const longest = people.toSorted((one, other) => other.name.length - one.name.length)
  const found = new Set<Person>()
  for (const { index } of text.matchAll(/[@＠]/g)) {
    const rest = text.slice(index + 1)
    const person = longest.find(({ name }) => {
      if (rest.slice(0, name.length).toLowerCase() !== name.toLowerCase()) return false
      return !(word.test(name.at(-1) ?? '') && word.test(rest.charAt(name.length)))
    })
    if (person) found.add(person)
  }
  return [...found]
}
