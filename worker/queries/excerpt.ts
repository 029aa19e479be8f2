/**
 * The start of a text on one line.
 *
 * @param most how many characters of it, in code points; what is left out is marked by an ellipsis
 */
export function excerpt(text: string, most: number): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length > most ? `${letters.slice(0, most).join('')}…` : letters.join('')
}
