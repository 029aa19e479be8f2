const alphabetic =
  '\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}'
const selectors = '\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180d\\u180f'
const tags = '\\u{e0020}-\\u{e007f}'

/** What is drawn as nothing or turns the direction of what follows, but for what words and emoji are written with. */
const unseen = new RegExp(
  [
    // Joiners belong to Persian and Indic words and to emoji.
    `(?<![\\p{L}--[${alphabetic}]]\\p{M}*|\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)[\\u200c\\u200d]`,
    `(?<![\\p{Emoji}\\p{Script=Han}\\p{Script=Mongolian}])[${selectors}]`,
    // The flags of England, Scotland and Wales.
    `(?<!\\u{1f3f4}[${tags}]{0,8})[${tags}]`,
    `[[\\p{Default_Ignorable_Code_Point}\\u2800]--[\\u200c\\u200d${selectors}${tags}]]`,
  ].join('|'),
  'gv',
)

/** A page's title as one line of what can be seen of it; control and bidi characters go. */
export const plainTitle = (title: string): string =>
  title
    .replace(unseen, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
