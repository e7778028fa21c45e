/**
 * DynamoDB's numbers: up to 38 significant digits, magnitudes from 1E-130 to 9.99E+125, kept as plain decimal text.
 */
export interface Decimal {
  readonly negative: boolean;
  /** The significant digits, without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** The power of ten of the first significant digit. */
  readonly exponent: number;
}

const plain = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Reads plain decimal text (no exponent), which is what request validation leaves behind. */
export function parseDecimal(text: string): Decimal {
  const match = plain.exec(text);
  if (match === null) throw new RangeError(`Not a plain decimal: ${text}`);
  const whole = match[2] ?? '';
  const all = whole + (match[3] ?? '');
  const first = all.search(/[1-9]/);
  if (first === -1) return { negative: false, digits: '', exponent: 0 };
  return {
    negative: match[1] === '-',
    digits: all.slice(first).replace(/0+$/, ''),
    exponent: whole.length - 1 - first,
  };
}

/** Plain decimal text without leading zeros, without trailing zeros after the point. */
export function formatDecimal({ negative, digits, exponent }: Decimal): string {
  if (digits === '') return '0';
  const sign = negative ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  const fraction = padded.slice(exponent + 1);
  return `${sign}${padded.slice(0, exponent + 1)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** The exact sum; whether it fits DynamoDB's range is asked of {@link decimalRangeError}. */
export function addDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(fractionDigits(left), fractionDigits(right));
  return fromScaled(scaled(left, scale) + scaled(right, scale), scale);
}

export function negateDecimal(value: Decimal): Decimal {
  return { ...value, negative: !value.negative && value.digits !== '' };
}

/** What DynamoDB says of a number that it cannot keep, or undefined when it can. */
export function decimalRangeError({ digits, exponent }: Decimal): string | undefined {
  if (exponent > 125) return 'Number overflow. Attempting to store a number with magnitude larger than supported range';
  if (exponent < -130) {
    return 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
  }
  return digits.length > 38 ? 'Attempting to store more than 38 significant digits in a Number' : undefined;
}

function fractionDigits({ digits, exponent }: Decimal): number {
  return Math.max(0, digits.length - 1 - exponent);
}

function scaled(value: Decimal, scale: number): bigint {
  if (value.digits === '') return 0n;
  const unsigned = BigInt(value.digits + '0'.repeat(scale - (value.digits.length - 1 - value.exponent)));
  return value.negative ? -unsigned : unsigned;
}

function fromScaled(value: bigint, scale: number): Decimal {
  if (value === 0n) return { negative: false, digits: '', exponent: 0 };
  const text = (value < 0n ? -value : value).toString();
  return { negative: value < 0n, digits: text.replace(/0+$/, ''), exponent: text.length - 1 - scale };
}
