import { importX509 } from 'jose'
import { exchange, type Reach } from '../../outside/exchange.ts'
import { type Ended, ended, listed, part } from './event.ts'

/** Where Amazon SNS keeps its certificates and takes confirmations, and nobody else. */
const amazon = /^https:\/\/sns\.[a-z0-9-]{5,30}\.amazonaws\.com(\.cn)?\//

const certificateName = /\/SimpleNotificationService-\w+\.pem$/

/** What is signed of a message, by its type: https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html. */
const signedParts: Record<string, string[]> = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
}

const hashes: Record<string, string> = { '1': 'SHA-1', '2': 'SHA-256' }

/** Certificates that were fetched, by their address. */
const certificates = new Map<string, string>()

/**
 * Whether a message is of a topic of Amazon SNS, as its signature says.
 *
 * @throws Unavailable where Amazon's certificate can't be had
 */
export async function isFromTopic(reach: Reach, message: unknown, topic: string): Promise<boolean> {
  const text = (name: string) => String(part(message, name) ?? '')
  const parts = signedParts[text('Type')]
  const hash = hashes[text('SignatureVersion')]
  const url = text('SigningCertURL')
  if (!parts || !hash || text('TopicArn') !== topic || !amazon.test(url) || !certificateName.test(url))
    return false
  const signed = parts
    .filter((name) => part(message, name) !== undefined && part(message, name) !== null)
    .map((name) => `${name}\n${text(name)}\n`)
    .join('')
  try {
    const signature = Uint8Array.from(atob(text('Signature')), (character) => character.charCodeAt(0))
    const key = await keyOf(await certificate(reach, url), hash)
    return await crypto.subtle.verify('RSASSA-PKCS1-v1_5', key, signature, new TextEncoder().encode(signed))
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError) return false
    throw error
  }
}

async function certificate(reach: Reach, url: string): Promise<string> {
  const known = certificates.get(url)
  if (known) return known
  const { text } = await exchange(reach, url, { method: 'GET' })
  if (certificates.size >= 10) certificates.clear()
  certificates.set(url, text)
  return text
}

/** The key of a certificate, for signatures with a hash that `jose` has no name for, too. */
async function keyOf(pem: string, hash: string): Promise<CryptoKey> {
  const key = await importX509(pem, 'RS256', { extractable: true })
  const spki = (await crypto.subtle.exportKey('spki', key as CryptoKey)) as ArrayBuffer
  return crypto.subtle.importKey('spki', spki, { name: 'RSASSA-PKCS1-v1_5', hash }, false, ['verify'])
}

/** Confirms that this instance wants to hear a topic, where a message asks for that. */
export async function confirmTopic(reach: Reach, message: unknown): Promise<void> {
  const url = String(part(message, 'SubscribeURL') ?? '')
  if (part(message, 'Type') === 'SubscriptionConfirmation' && amazon.test(url))
    await exchange(reach, url, { method: 'GET' })
}

/** Addresses that an event of Amazon SES ends: https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html. */
export function endedBySes(event: unknown): Ended[] {
  const kind = part(event, 'eventType') ?? part(event, 'notificationType')
  const addresses = (of: unknown, list: string) =>
    listed(part(of, list)).map((one) => part(one, 'emailAddress'))
  const complaint = part(event, 'complaint')
  if (kind === 'Complaint') return ended(addresses(complaint, 'complainedRecipients'), 'complained')
  const bounce = part(event, 'bounce')
  const isForGood = kind === 'Bounce' && part(bounce, 'bounceType') === 'Permanent'
  return isForGood ? ended(addresses(bounce, 'bouncedRecipients'), 'bounced') : []
}
