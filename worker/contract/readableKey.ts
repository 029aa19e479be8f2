/** A key as people read it: escapes are decoded where they are text, and stay where they keep parts of it apart. */
export const readableKey = (key: string): string => key.replace(/(%[0-9a-f]{2})+/gi, decoded)

/** The text that escapes of UTF-8 stand for; what is none stays. */
export function decoded(escapes: string): string {
  try {
    return decodeURI(escapes)
  } catch {
    return escapes
  }
}
