import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultData } from './paths.ts'
import { main, Refusal } from './terminal.ts'

const help = `npm run upgrade -- [options]

Brings a data folder up to date after a new version was put in place: backs it up, migrates a copy, verifies that, and
puts it in place. npm start does without the rest.

  --dry-run    change nothing, try it on a copy, and say what would change
  --back       go back to the backup of the last upgrade; what is there is kept aside
  --yes        with --back: what came since is not in the backup
  --data DIR   the data folder of the server (.hankyo/data)`

await main(async () => {
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    options: {
      ...{ 'dry-run': flag, back: flag, yes: flag, help: flag },
      data: { type: 'string', default: defaultData },
    },
  })
  if (values.help) return void process.stdout.write(`${help}\n`)
  if (values['dry-run'] && values.back) throw new Refusal('--dry-run or --back, not both.')
  const data = resolve(values.data)
  const { goBack, upgrade } = await import('./backup/upgradeFolder.ts')
  const { rehearse } = await import('./backup/upgradePlan.ts')
  const act = values['dry-run'] ? rehearse(data) : values.back ? goBack(data, values.yes) : upgrade(data)
  process.stdout.write(`${await act}\n`)
})
