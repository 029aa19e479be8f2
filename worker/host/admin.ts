import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { asked, help } from './adminCommands.ts'
import { deployed } from './deploy/deployed.ts'
import { usual, withInstance } from './localInstance.ts'
import { type Operator, operator } from './operator.ts'
import { lastServed, occupy, prepare, running, secrets } from './serve/dataFolder.ts'
import { inspect, settle } from './serve/inventory.ts'
import { mailGiven, mailVariables } from './serve/mailSettings.ts'
import type { Work } from './siteCommands.ts'
import { main, note, Refusal } from './terminal.ts'

/** The deployed instance: what `npm run deploy` wrote down, or what the environment says. */
async function remote(url: string | undefined): Promise<Operator> {
  const known = await deployed()
  const where = url ?? process.env.HANKYO_URL ?? known.url
  const key = process.env.HANKYO_OPERATOR_KEY ?? known.operatorKey
  if (!where)
    throw new Refusal(
      'Nothing was deployed from here: run npm run deploy, or set HANKYO_URL and HANKYO_OPERATOR_KEY.',
    )
  if (!/^https:\/\/|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/.test(where) || !URL.canParse(where))
    throw new Refusal(`"${where}" is no address to send the operator key to: it must begin with https://.`)
  if (!key)
    throw new Refusal(
      `The operator key of ${where} is not known here: set HANKYO_OPERATOR_KEY, or run npm run deploy -- --new-operator-key.`,
    )
  return operator(where.replace(/\/+$/, ''), key, async (address, init) => {
    const response = await fetch(address, init)
    return response.status === 401 ? refusedKey(where) : response
  })
}

const refusedKey = (where: string) =>
  Response.json(
    {
      error: {
        message: `${where} does not take the operator key known here; npm run deploy -- --new-operator-key makes another.`,
      },
    },
    { status: 401 },
  )

/** The instance on a data folder: the server that serves it now, or else one started for this alone. */
async function local(data: string, { name, work }: { name: string; work: Work }) {
  const known = existsSync(join(data, 'secrets.json'))
  await prepare(data)
  const server = await running(data)
  const keys = await secrets(data)
  if (server) {
    if (!server.url) throw new Refusal('The server is still starting; try again in a moment.')
    return work(operator(server.url, keys.OPERATOR_KEY))
  }
  const { uid } = await stat(data)
  // Files that root writes into it could not be opened by the server any more.
  if (process.getuid?.() === 0 && uid !== 0)
    throw new Refusal(
      `${data} is of another user, and no server runs on it: start that first, or run this as user ${uid}.`,
    )
  const folder = await occupy(data)
  try {
    await inspect(data)
    const last = await lastServed(data)
    const answer = await withInstance(
      data,
      {
        ...{ secrets: keys, publicUrl: last?.publicUrl, servedAt: last?.url },
        // What is wrong with it stands in the way of nothing else.
        ...(name === 'mail test' && {
          mail: mailVariables(mailGiven(), last?.isForReaders ?? Boolean(last?.publicUrl)),
        }),
      },
      work,
    ).finally(() => settle(data))
    const where = relative(process.cwd(), data) || data
    note(known ? `Done in ${where}, where no server runs now.` : `Done in ${where}, which is new.`)
    return answer
  } finally {
    await folder.release()
  }
}

async function answerTo(command: NonNullable<ReturnType<typeof asked>>, data: string) {
  const { name, values, work, folderWork } = command
  if (!work) return folderWork?.(data)
  return values.remote ? work(await remote(values.url)) : local(data, { name, work })
}

await main(async () => {
  const command = asked()
  if (!command) return void process.stdout.write(`${help}\n`)
  const { name, values } = command
  const data = resolve(values.data)
  const answer = await answerTo(command, data)
  if (answer) process.stdout.write(`${answer}\n`)
  if (name === 'sign-in' && !values.remote && !(await running(data))) {
    const last = await lastServed(data)
    const port = new URL(last?.url ?? usual).port || '80'
    const how = `npm start${port === '8787' ? '' : ` -- --port ${port}`}`
    note(
      last
        ? `The server is not running. The link leads to where it ran last, ${last.publicUrl ?? last.url}: start it there within 15 minutes (${how}), then open the link.`
        : `The server is not running: start it within 15 minutes (${how}), then open the link.`,
    )
  }
})
