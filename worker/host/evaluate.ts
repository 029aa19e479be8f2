import { defaultSettings } from '../contract/siteSettings.ts'
import { isReady } from '../moderation/learner/model.ts'
import { measures } from './evaluate/figures.ts'
import { corporaOf, parse } from './evaluate/options.ts'
import { planOf } from './evaluate/plan.ts'
import { type Kept, promisesTable, tryAll } from './evaluate/promisesTable.ts'
import { taughtInOrder } from './evaluate/pupil.ts'
import { resultsOf } from './evaluate/results.ts'
import { beginning, tables } from './evaluate/tables.ts'
import { main, note } from './terminal.ts'

const help = `npm run --silent evaluate -- --corpus FILE.csv --protocol PROTOCOL [options]
npm run --silent evaluate -- --train FILE.csv --test FILE.csv [options]
npm run --silent evaluate -- --table --corpora FOLDER
npm run --silent evaluate -- --corpus EXPORT

Runs screening itself over texts that people decided and measures it. Files are CSV (RFC 4180, UTF-8) whose header
names the columns label (spam or ham), body, where they are known the author's name and url, and where the protocol needs
them group and date. Or they are what another
system exported (WordPress, Disqus and whatever else can be imported): what was approved or called spam there counts, and
what a site starts with that imports it is said, too.

  --protocol leave-one-group-out   learns all groups but one and tests that one, for each
             curve                 learns the first N of 50 random orders, tests the rest less the same texts
             time-order            learns the first N by date, tests all that follow
             import                learns all but the latest fifth, tests that: what an import is worth
             closed-loop           lives through a site: comments come in random order, each is screened by the model
                                   of that time, a person decides what is held or picked for the audit, and what
                                   screening decides by itself nobody sees. Measured is what comes after the first fifth
             new-page              the same of each group as a new page, after all others were decided, measured whole
             abuse                 decides all until 150 were refused that --abuse FILE calls spam, as refused for another
                                   reason than advertising; tests the rest of that file
  --decisions 10,50,100,500        the Ns of curve and time-order. In the closed loop: after so many decisions all that
                                   is yet to come is tested, too
  --order ORDER                    how the person decides: by arrival, all; hardest or fine-first, or select-all
                                   (publishes unread what leans fine), ten of each twenty that came
  --mistakes 0.02                  the share of their decisions that is wrong
  --arrival date                   comments come by their dates
  --ham FILE                       what is no spam in this file comes, too; or a JSON array of strings
  --spam-share 0.05                leaves out as much spam, or ham, as it takes
  --published-spam one_in_200      what the site promises of spam: as in its settings (share)
  --foreign FILE                   the spam comes from this file, the rest from the corpus (or a JSON array of strings);
                                   the closed loop says, too, what would become of this file’s ham
  --runs N                         so many random orders (curve 50, otherwise 1)
  --seed N                         another seed gives other random orders (1)
  --others FILE.json               what becomes of these texts, too: a JSON array of strings; may be repeated
  --evasion                        how much of the spam is found when it is disguised, too (with the largest N)
  --table                          what screening is to reach as sites really run, each by one command on the corpora
                                   youtube-spam.csv, offcombr.csv and ja-ham.json of a folder, as one table: some minutes
  --json                           one JSON document instead of tables

Comments are screened as a newcomer's on a site of the policy trusted with its settings untouched. Nothing is
automatic before 100 decisions with 15 of each class.

The JSON document: { protocol, seed, errorRate, corpus: { rows, spam, ham, groups, automatic }, results }; automatic says
whether screening may publish and mark by itself after all of them. A result is
{ name, runs, decisions, tested, figures, others, evasion }: its figures are { mean, spread } over the runs (the
standard deviation), shares from 0 to 1, or null where they cannot be said; others has { published, spam, held } by
file, evasion has the spam found by trick where 2 % of ham is called spam. leave-one-group-out ends with the result
"mean" over the groups. Figures:

${Object.entries(measures)
  .map(([name, [, inWords]]) => `  ${name.padEnd(28)} ${inWords}`)
  .join('\n')}
  ${'askedAgain'.padEnd(28)} of all that came, decided and asked of people again (closed loop)`

await main(async () => {
  const values = parse()
  if (values.help) return void process.stdout.write(`${help}\n`)
  if (values.table) {
    const kept: Kept[] = []
    for await (const one of tryAll(corporaOf(values), values.seed, note)) kept.push(one)
    return void process.stdout.write(`${values.json ? JSON.stringify(kept, null, 2) : promisesTable(kept)}\n`)
  }
  const plan = await planOf(values)
  const { protocol, samples, seed } = plan
  const results = resultsOf(plan, { evasion: values.evasion, note })

  const count = (label: string) => samples.filter((sample) => sample.label === label).length
  const corpus = {
    rows: samples.length,
    spam: count('spam'),
    ham: count('fine'),
    groups: new Set(samples.map(({ group }) => group)).size,
    automatic: isReady(taughtInOrder(samples)),
  }
  const { errorRate } = defaultSettings
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ protocol, seed, errorRate, corpus, results }, null, 2)}\n`
      : `${protocol === 'import' ? `${beginning(corpus)}\n\n` : ''}${tables(results)}\n`,
  )
})
