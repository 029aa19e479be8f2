/** What people call the systems whose files comments are brought from, by the format's name in requests. */
export const importFormats = {
  wxr: 'WordPress (WXR)',
  disqus: 'Disqus',
  'movable-type': 'Movable Type',
  isso: 'Isso',
  waline: 'Waline',
  valine: 'Valine, LeanCloud',
  twikoo: 'Twikoo',
  artalk: 'Artalk',
  remark42: 'Remark42',
  commento: 'Commento',
  comentario: 'Comentario',
  cusdis: 'Cusdis',
  coral: 'Coral',
  giscus: 'giscus',
  utterances: 'utterances',
  blogger: 'Blogger',
  staticman: 'Staticman (YAML)',
} as const
export type ImportFormat = keyof typeof importFormats

/** What people call a format; its name where it is none that is known now. */
export const formatName = (format: string): string =>
  Object.hasOwn(importFormats, format) ? importFormats[format as ImportFormat] : format
