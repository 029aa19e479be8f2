import { expect, it } from 'vitest'
import { plainPages, routes } from '../../../worker/routes.ts'
import { fetchIn, losing } from '../jobs.ts'
import { addSite, host } from '../product.ts'
import { costOf } from '../trips.ts'
import { fillInstance } from './instance.ts'
import { type Asked, requests } from './requests.ts'

/** Rows a request may read for each thing it shows or changes, and besides. */
const perLine = 6
const besides = 80

it('every route has its requests here', () => {
  const names = [...routes, ...plainPages].map(({ method, path }) => `${method} ${path}`)
  expect(Object.keys(requests).sort()).toEqual(names.sort())
})

it('no route reads more than six rows a line, however full the instance is', async () => {
  await addSite()
  await fillInstance(Date.now())
  for (const [name, asked] of Object.entries(requests))
    for (const one of asked) {
      const { result, rowsRead } = await costOf(() => ask(name, one))
      const told = `${name} at ${one.path}: ${result.status}`
      expect.soft(result.status, told).toBeLessThan(400)
      expect.soft(rowsRead, told).toBeLessThanOrEqual(perLine * result.lines + besides)
    }
})

async function ask(name: string, { path, body, headers, lines }: Asked) {
  const [method = ''] = name.split(' ')
  const sent = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetchIn(
    losing,
    new Request(host + path, { method, headers: { ...headers }, body: sent ?? null }),
  )
  const text = await answer.text()
  const isJson = /json/.test(answer.headers.get('content-type') ?? '')
  const listed: unknown[] | undefined = isJson && text ? JSON.parse(text).items : undefined
  return { status: answer.status, lines: lines ?? listed?.length ?? 1 }
}
