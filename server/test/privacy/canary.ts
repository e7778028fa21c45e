import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

/** Words in a file, with what stands around each: as they are, or inside of base64 that begins at any byte. */
export function tracesIn(content: Buffer, words: readonly string[]): string[] {
  const text = content.toString('latin1');
  return words.flatMap((word) => {
    const at = text.indexOf(word);
    if (at >= 0) return [`${word}: ${text.slice(Math.max(0, at - 160), at + 60).replace(/[^\x20-\x7e]+/g, ' ')}`];
    return encodings(word).some((encoded) => text.includes(encoded)) ? [`${word} in base64`] : [];
  });
}

/** What base64 makes of a word, wherever in its three bytes it begins, without the ends that its neighbours decide. */
function encodings(word: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const plain = Buffer.from(`${'.'.repeat(offset)}${word}`);
    const whole = plain.subarray(0, plain.length - (plain.length % 3)).toString('base64');
    const own = offset === 0 ? whole : whole.slice(4);
    return own.length < 8 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Words in any file below a folder, with where they are. */
export function tracesBelow(folder: string, words: readonly string[]): string[] {
  return filesIn(folder).flatMap((file) =>
    tracesIn(readFileSync(file), words).map((trace) => `${file.slice(folder.length)} ${trace}`),
  );
}
