import { type Call, type Operator, operator } from './operator.ts'
import type { Secrets } from './serve/dataFolder.ts'
import { type Asking, ask } from './serve/loopback.ts'
import { migrate } from './serve/migrate.ts'
import { type Serving, serve } from './serve/workerd.ts'

/** Where `npm start` serves unless it is told otherwise. */
export const usual = 'http://127.0.0.1:8787'

/**
 * Works with the instance on a data folder that nobody serves: it is served for this alone, brought up to date first.
 *
 * @param serving what is served besides: how it is found, and how mail is sent
 */
export async function withInstance<Result>(
  data: string,
  { secrets, ...serving }: { secrets: Secrets } & Partial<Pick<Serving, 'publicUrl' | 'servedAt' | 'mail'>>,
  work: (instance: Operator) => Promise<Result>,
): Promise<Result> {
  const served = await serve({ data, secrets, rateLimit: true, ...serving, log: () => {}, before: migrate })
  const call: Call = async (url, init) => {
    const { status, headers, text } = await ask(served.worker(), url, init as Asking)
    const { link } = headers
    return new Response(text || null, {
      status,
      ...(link !== undefined && { headers: { link: String(link) } }),
    })
  }
  try {
    return await work(operator(serving.servedAt ?? usual, secrets.OPERATOR_KEY, call))
  } finally {
    await served.dispose()
  }
}
