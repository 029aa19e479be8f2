/** Drawn as nothing: joiners, soft hyphens, direction marks, variation selectors. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}]/gu

/** Accents. The Japanese voicing marks and those of other scripts make another letter, and stay. */
const accents = /[\u0300-\u036f]/g

/**
 * A text as searching compares it: NFKC, in lower case, without accents and invisible characters, white space as single
 * spaces, one kind of apostrophe.
 */
export function foldedText(text: string): string {
  const plain = /^[\0-\x7f]*$/.test(text)
    ? text
    : text
        .normalize('NFKC')
        .replace(invisible, '')
        .normalize('NFD')
        .replace(accents, '')
        .normalize('NFC')
        .replace(/[\u2018\u2019]/g, "'")
  return (
    plain
      .toLowerCase()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they separate words, too
      .replace(/[\s\0-\x1f\x7f]+/g, ' ')
      .trim()
  )
}
