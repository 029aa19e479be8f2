import type { CSSProperties } from 'preact'

/** Colours of the light scheme, for mail programs that know no other. */
const ink = '#23211d'
const quiet = '#67635b'
const line = '#e3dfd6'
const wash = '#f5f3ee'
const paper = '#ffffff'
const accent = '#1f5f8b'

const reset: CSSProperties = { margin: 0, padding: 0 }

/** Styles on elements: many mail programs drop style sheets. They name sides left and right, since some know no others. */
export const styles = {
  ground: { ...reset, backgroundColor: wash, color: ink },
  main: { display: 'block' },
  margin: { padding: '24px 12px' },
  sheet: {
    maxWidth: '560px',
    fontSize: '16px',
    lineHeight: 1.6,
    overflowWrap: 'anywhere',
    wordBreak: 'break-word',
  },
  site: { ...reset, padding: '0 4px 10px', fontSize: '14px', color: quiet },
  card: {
    padding: '22px 20px 10px',
    backgroundColor: paper,
    border: `1px solid ${line}`,
    borderRadius: '8px',
  },
  foot: { padding: '16px 4px 0' },
  heading: { ...reset, padding: '0 0 12px', fontSize: '20px', lineHeight: 1.35, fontWeight: 600 },
  part: { ...reset, padding: '0 0 8px', fontSize: '16px', lineHeight: 1.4, fontWeight: 600 },
  text: { ...reset, padding: '0 0 14px' },
  small: { ...reset, padding: '0 0 8px', fontSize: '13px', lineHeight: 1.5, color: quiet },
  quote: {
    margin: '0 0 14px',
    padding: '2px 14px',
    textAlign: 'start',
  },
  points: { margin: '0 0 14px', padding: '0 20px' },
  point: { padding: '0 0 4px' },
  nextPart: { marginTop: '8px', paddingTop: '18px', borderTop: `1px solid ${line}` },
  buttonPlace: { margin: '4px 0 18px' },
  button: { borderRadius: '6px', backgroundColor: accent },
  // Outlook knows no padding here, but draws a border.
  buttonLink: {
    display: 'inline-block',
    border: `solid ${accent}`,
    borderWidth: '11px 20px',
    borderRadius: '6px',
    backgroundColor: accent,
    color: '#ffffff',
    fontWeight: 600,
    textDecoration: 'none',
  },
  link: { color: accent },
} satisfies Record<string, CSSProperties>

/** What hangs on the side that lines begin at. */
export const sides = {
  ltr: { sheet: { textAlign: 'left' }, quote: { borderLeft: `3px solid ${line}` } },
  rtl: { sheet: { textAlign: 'right' }, quote: { borderRight: `3px solid ${line}` } },
} satisfies Record<string, Record<string, CSSProperties>>

const whereDark = '@media (prefers-color-scheme:dark)'

/** The dark scheme, where a mail program asks for it; `!important` goes before what stands on elements. */
export const darkColours = `:root{color-scheme:light dark}
h1,h2{word-break:auto-phrase}
body{line-break:strict;-webkit-text-size-adjust:100%}
${whereDark}{
.ground{background-color:#1b1a18!important;color:#e6e2da!important}
.card{background-color:#24221f!important;border-color:#3a3732!important}
.quiet{color:#a9a399!important}
.quote,.part{border-color:#4a463f!important}
.link{color:#8ec3ea!important}
.button{background-color:#2b74a6!important;border-color:#2b74a6!important;color:#fff!important}
}`

/** A letter's HTML as it looks where a mail program asks for this scheme, whatever the browser asks for. */
export const inScheme = (html: string, scheme: 'light' | 'dark') =>
  html.replace(whereDark, scheme === 'dark' ? '@media all' : '@media not all')
