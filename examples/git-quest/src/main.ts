import { resolve } from 'node:path';
import { spanEnding } from './calendar.ts';
import { connect } from './connection.ts';
import { countCommits, readHistory } from './history.ts';
import { HELP, type Options, readOptions } from './options.ts';
import { progressBar } from './progress-bar.ts';
import { type Outcome, playHistory } from './quest.ts';
import { reportOf } from './report.ts';
import { readRuns } from './results.ts';
import { readSample, SAMPLE_COMMITS } from './sample.ts';
import { styleFor } from './style.ts';
import { skippedLines, summaryOf } from './summary.ts';

const { stdout, stderr, env } = process;

/** Plays what the command line names and prints how it ended. */
async function main(args: readonly string[]): Promise<void> {
  const options = readOptions(args, env);
  if (options.help) {
    stdout.write(HELP);
    return;
  }
  const { total, commits } = await historyOf(options);
  const { laurel, close } = await connect(options.target);
  try {
    const bar = progressBar(stderr, total);
    const quiet = options.json && stderr.isTTY !== true;
    const outcome = await playHistory({ laurel, commits, onProgress: quiet ? () => {} : bar.show }).finally(bar.end);
    if (options.json) printJson(options, outcome);
    else await printSummary(options, outcome, laurel);
  } finally {
    await close();
  }
}

/** The history that is asked for, checked before anything is started. */
async function historyOf({ repo }: Options) {
  if (repo === undefined) return { total: SAMPLE_COMMITS, commits: readSample() };
  // npm changes to the package's directory; a relative path means where the user stands.
  const path = resolve(env.LAUREL_CWD ?? process.cwd(), repo);
  return { total: await countCommits(path), commits: readHistory(path) };
}

function printJson({ repo = 'sample' }: Options, outcome: Outcome): void {
  stdout.write(`${JSON.stringify(reportOf(repo, outcome))}\n`);
  for (const line of skippedLines(outcome.skipped)) stderr.write(`${line}\n`);
}

async function printSummary(options: Options, outcome: Outcome, laurel: Parameters<typeof readRuns>[0]): Promise<void> {
  const style = styleFor(stdout, env);
  const title = options.repo ?? 'The sample history';
  const [top] = outcome.results;
  if (top === undefined || top.lastDay === null) {
    stdout.write(summaryOf({ title, outcome }, style));
    return;
  }
  const span = spanEnding(top.lastDay, style.width);
  const runs = await readRuns(laurel, top.player, span.from, span.to);
  stdout.write(summaryOf({ title, outcome, calendar: { span, runs } }, style));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`git-quest: ${message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exitCode = 1;
}
