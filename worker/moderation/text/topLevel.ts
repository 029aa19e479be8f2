/**
 * Top-level domains by which a name with a dot in it reads as an address. Those that are also names of people are left
 * out (.li, .le, .do, .ng, .name), and so are endings of files (.md, .rs, .py, .sh).
 */
export const topLevel = `
  app art asia best bet bid biz blog br buzz bz ca casino cc cf cfd click club cn co com cyou de dev es eu fr
  fun ga gb gov gq icu id in info io it jp kr kz link live loan lol ltd men ml mobi net nl one online org pl
  poker porn pw ru sale sbs sex shop site space store stream su tech tk today tokyo top tv tw ua uk us vip vn
  website win work ws xn--p1ai xxx xyz рф укр бел 中国 公司 网址 みんな コム 닷컴 한국
`
  .trim()
  .split(/\s+/)

/** What looks like a domain and is a thing's name. */
export const things = /\b(?:(?:asp|ado|vb|ml)\.net|socket\.io|will\.i\.am)\b/gi
