import type { Output } from './style.ts';

/** Where progress is shown: a stream of text, such as standard error. */
export interface ProgressOutput extends Output {
  write(text: string): unknown;
}

/** Shows how far a piece of work is. */
export interface ProgressBar {
  readonly show: (done: number) => void;
  /** Leaves the line, so that what is written next begins on its own. */
  readonly end: () => void;
}

const BAR = 30;
/** Without a terminal: a line for each of so many equal parts of the work. */
const PARTS = 5;

/** A bar that is drawn over itself on a terminal; elsewhere at most five plain lines. */
export function progressBar(output: ProgressOutput, total: number): ProgressBar {
  return output.isTTY === true ? liveBar(output, total) : plainLines(output, total);
}

function liveBar(output: ProgressOutput, total: number): ProgressBar {
  let drawn = false;
  return {
    show(done) {
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const full = Math.round(share * BAR);
      const room = (output.columns || 80) - 1;
      const line = `${'█'.repeat(full)}${'░'.repeat(BAR - full)} ${done} of ${total} commits`;
      output.write(`\r${line.slice(0, room)}`);
      drawn = true;
    },
    end() {
      if (drawn) output.write('\n');
    },
  };
}

function plainLines(output: ProgressOutput, total: number): ProgressBar {
  let told = 0;
  return {
    show(done) {
      const part = total === 0 ? PARTS : Math.floor((done / total) * PARTS);
      if (part <= told) return;
      told = part;
      output.write(`Sent ${done} of ${total} commits.\n`);
    },
    end() {},
  };
}
