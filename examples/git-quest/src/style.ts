/** How text may be dressed up for the place where it is read. */
export interface Style {
  /** Columns. */
  readonly width: number;
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** The part of a stream that a style depends on. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_WIDTH = 80;

/** Colours on a terminal only, and not where `NO_COLOR` (no-color.org) is set to anything but nothing, or `TERM=dumb`. */
export function styleFor(output: Output, env: Readonly<Record<string, string | undefined>>): Style {
  const colours = output.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  const paint = (code: number) => (text: string) => (colours ? `\u001b[${code}m${text}\u001b[0m` : text);
  return { width: output.columns || DEFAULT_WIDTH, bold: paint(1), dim: paint(2), green: paint(32), yellow: paint(33) };
}
