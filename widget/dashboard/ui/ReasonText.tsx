import { useEffect } from 'preact/hooks'
import type { Message } from '../../common/i18n.ts'
import { askReasons, reasonWords } from '../core/reasons.ts'
import { formatMessage } from '../core/words.ts'
import { useDesk } from '../desk.ts'
import { Visible } from './Visible.tsx'

interface Props {
  reason: string
  siteId: string | null
  /** What it is said in, as `{reason}`. */
  message?: Message
}

/** Why something was decided, in words; those of a site's own reasons are asked for. */
export function ReasonText({ reason, siteId, message }: Props) {
  const { connection } = useDesk()
  useEffect(() => {
    if (siteId !== null) askReasons(connection, reason, siteId)
  }, [connection, reason, siteId])
  const said = reasonWords(reason, siteId)
  return <Visible text={message ? formatMessage(message, { reason: said }) : said} />
}
