import { factsOf } from './answer.ts';
import { AnswerTooLargeError } from './errors.ts';

/**
 * The text of an answer, as long as it fits well into memory: `text()` would read for as long as something comes.
 * @throws AnswerTooLargeError, after which nothing more is read
 */
export async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  // React Native has no streams: its answers are in memory before anybody can ask.
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  // So many characters, of which an answer of Laurel has far less.
  for (let text = ''; text.length < 2 ** 25; ) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (done) return text;
  }
  await reader.cancel();
  throw new AnswerTooLargeError('The answer is too long.', factsOf(response));
}
