import type { ComponentChildren, CSSProperties, TableHTMLAttributes } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { Style } from '../pages/rawText.tsx'
import { hrefOf, joiner } from './inert.ts'
import type { Block, Draft, LetterSite } from './letter.ts'
import { darkColours, sides, styles } from './styles.ts'
import { type Line, theirs, type Words } from './words.ts'

/** A letter as a page of HTML: tables and styles on elements, as mail programs of all ages read them; nothing is fetched. */
export function htmlPart(draft: Draft, subject: string, site: LetterSite, words: Words): string {
  const { tag, direction, fonts } = words
  return `<!doctype html>${renderToString(
    <html lang={tag} dir={direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {/* For Apple Mail: it makes links of what looks like a number to call, a date or an address. */}
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no" />
        <title>{subject}</title>
        <Style css={darkColours} nonce={undefined} />
      </head>
      <body class="ground" style={{ ...styles.ground, fontFamily: fonts }}>
        {/* Some mail programs drop what stands on html and body. */}
        <main lang={tag} dir={direction} style={styles.main}>
          <Table class="ground" style={styles.ground}>
            <tr>
              <td align="center" style={styles.margin}>
                <Table style={{ ...styles.sheet, ...sides[direction].sheet, fontFamily: fonts }}>
                  <Row>
                    <p class="quiet" style={styles.site}>
                      {lineOf([theirs(site.name)])}
                    </p>
                  </Row>
                  <Row class="card" style={styles.card}>
                    <Blocks blocks={draft.blocks} words={words} />
                  </Row>
                  <Row style={styles.foot}>
                    <Blocks blocks={draft.foot} words={words} isFoot />
                  </Row>
                </Table>
              </td>
            </tr>
          </Table>
        </main>
      </body>
    </html>,
  )}`
}

function Table({ children, ...more }: TableHTMLAttributes) {
  return (
    <table role="presentation" width="100%" cellSpacing="0" cellPadding="0" {...more}>
      {children}
    </table>
  )
}

function Row({ children, ...more }: { children: ComponentChildren; class?: string; style?: CSSProperties }) {
  return (
    <tr>
      <td {...more}>{children}</td>
    </tr>
  )
}

interface BlocksProps {
  blocks: Block[]
  words: Words
  isFoot?: boolean
}

const Blocks = ({ blocks, ...rest }: BlocksProps) =>
  blocks.map((block, at) => <OneBlock key={at} block={block} {...rest} />)

function OneBlock({ block, words, isFoot }: Omit<BlocksProps, 'blocks'> & { block: Block }) {
  switch (block.type) {
    case 'heading': {
      const Heading = block.part ? 'h2' : 'h1'
      return <Heading style={block.part ? styles.part : styles.heading}>{lineOf(block.line)}</Heading>
    }
    case 'paragraph':
      return (
        <p
          class={isFoot || block.quiet ? 'quiet' : undefined}
          style={isFoot || block.quiet ? styles.small : styles.text}
        >
          {lineOf(block.line)}
        </p>
      )
    case 'quote':
      return (
        <blockquote class="quote" dir="auto" style={{ ...styles.quote, ...sides[words.direction].quote }}>
          {block.theirs.split('\n').map((line, at) => [at > 0 && <br key={at} />, ...separated(line)])}
        </blockquote>
      )
    case 'points':
      return (
        <ul style={styles.points}>
          {block.lines.map((line, at) => (
            <li key={at} style={styles.point}>
              {lineOf(line)}
            </li>
          ))}
        </ul>
      )
    case 'parts':
      return block.parts.map((part, at) => (
        <div key={at} class="part" style={at > 0 ? styles.nextPart : undefined}>
          <Blocks blocks={part} words={words} />
        </div>
      ))
    default:
      return <Link block={block} isFoot={isFoot} />
  }
}

function Link({
  block: { type, line, url },
  isFoot,
}: {
  block: Block & { url: string; line: Line }
  isFoot: boolean | undefined
}) {
  const href = hrefOf(url)
  if (!href) return null
  if (type === 'link')
    return (
      <p style={isFoot ? styles.small : styles.text}>
        <a class="link" href={href} target="_blank" style={styles.link} rel="noopener">
          {lineOf(line)}
        </a>
      </p>
    )
  return (
    <table role="presentation" cellSpacing="0" cellPadding="0" style={styles.buttonPlace}>
      <tr>
        <td class="button" style={styles.button}>
          <a class="button" href={href} target="_blank" style={styles.buttonLink} rel="noopener">
            {lineOf(line)}
          </a>
        </td>
      </tr>
    </table>
  )
}

const lineOf = (line: Line) =>
  line.map((part, at) => (typeof part === 'string' ? part : <Theirs key={at} text={part.theirs} />))

/** People's words among ours, with a direction of their own. */
const Theirs = ({ text }: { text: string }) => <bdi>{separated(text)}</bdi>

/** Text with an element after each joiner, which Gmail and Outlook need to take numbers for text. */
const separated = (text: string) =>
  text
    .split(new RegExp(`(?<=${joiner})`))
    .map((piece, at) => (at % 2 ? <span key={at}>{piece}</span> : piece))
