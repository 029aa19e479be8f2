import type { World } from '../commands/world.ts'
import type { BackupNews } from '../contract/backupNews.ts'
import { everyDatabase } from '../store/database.ts'
import { ofSites, type SiteFigures, waitingDeliveries } from '../store/figures.ts'
import { healthOf } from './healthOf.ts'

/** A figure: what it is called, what it means, and its values by their labels. */
interface Metric {
  name: string
  help: string
  values: [labels: string, value: number][]
}

const bySite: [kind: Exclude<keyof SiteFigures, 'site'>, name: string, help: string][] = [
  ['total', 'hankyo_comments', 'Comments of a site, of every status.'],
  ['held', 'hankyo_comments_pending', 'Comments of a site that wait for screening or for a person.'],
  ['flagged', 'hankyo_comments_flagged', 'Published comments of a site that readers reported.'],
  ['spam', 'hankyo_comments_spam', 'Comments of a site that are spam.'],
  ['posted', 'hankyo_comments_today', 'Comments that came to a site today (UTC).'],
  ['bytes', 'hankyo_comments_bytes', 'About the bytes that comments of a site take.'],
]

/**
 * What is known of an instance without counting its comments, in the text format of Prometheus. Requests are not among
 * it: no isolate knows of those that others answer.
 */
export async function metricsText(world: World, backup: BackupNews | null): Promise<string> {
  const databases = everyDatabase(world.env)
  const [sites, healths, waiting] = await Promise.all([
    Promise.all(databases.map((db) => ofSites(db, world.now))),
    Promise.all(databases.map((db) => healthOf({ ...world, db }))),
    Promise.all(databases.map(waitingDeliveries)),
  ])
  const sum = (values: (number | undefined)[]) => values.reduce<number>((all, value) => all + (value ?? 0), 0)
  const whole = (name: string, help: string, value: number): Metric => ({ name, help, values: [['', value]] })
  const ages = healths.map(({ oldestPendingSeconds }) => oldestPendingSeconds ?? 0)
  return textOf([
    ...bySite.map(([kind, name, help]) => ({
      ...{ name, help },
      values: sites.flat().map((one): [string, number] => [`{site="${one.site}"}`, one[kind]]),
    })),
    whole(
      'hankyo_comments_unscreened',
      'Pending comments that no screening has looked at; 1000 is 1000 or more.',
      sum(healths.map(({ unscreened }) => unscreened)),
    ),
    whole(
      'hankyo_screening_failed',
      'Comments held because their screening failed for good; 1000 is 1000 or more.',
      sum(healths.map(({ deadLetters }) => deadLetters)),
    ),
    whole(
      'hankyo_oldest_pending_seconds',
      'Age of the oldest pending comment; 0 where none waits.',
      Math.max(...ages),
    ),
    whole(
      'hankyo_outbox_waiting',
      'Deliveries to the outside that wait; 1000 is 1000 or more.',
      sum(waiting),
    ),
    whole(
      'hankyo_outbox_dead',
      'Deliveries given up within the last month; 1000 is 1000 or more.',
      sum(healths.map(({ undelivered }) => undelivered)),
    ),
    ...(backup ? ofBackups(backup, world.now) : []),
  ])
}

/** Of a server that makes backups by itself. */
const ofBackups = ({ madeAt, failed }: BackupNews, now: number): Metric[] => [
  {
    ...{ name: 'hankyo_backup_failed', help: 'Whether the latest backup failed.' },
    values: [['', failed ? 1 : 0]],
  },
  {
    ...{
      name: 'hankyo_backup_age_seconds',
      help: 'Age of the newest backup that is whole; none where there is none.',
    },
    values: madeAt === null ? [] : [['', Math.max(0, Math.round((now - madeAt) / 1000))]],
  },
]

const textOf = (metrics: Metric[]) =>
  metrics
    .map(({ name, help, values }) =>
      [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} gauge`,
        ...values.map(([labels, value]) => `${name}${labels} ${value}`),
        '',
      ].join('\n'),
    )
    .join('')
