const sign =
  '[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Bopomofo}\\p{scx=Hangul}\\u3001-\\u303f\\uff01-\\uffee]'

/** Whether a text ends or begins by a sign of a script that has no spaces between words, or by its punctuation. */
export const endsByCjkSign = new RegExp(`${sign}[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]?$`, 'u')
export const beginsByCjkSign = new RegExp(`^${sign}`, 'u')
