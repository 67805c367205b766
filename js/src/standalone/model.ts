// The model as the page asks it: in a worker, whose code came with the page's, or beside it where no worker may be made.
// One question after the other.
import CODE from "inline:src/standalone/worker.ts";
import { Answering, type Question, type Reply } from "./answering";

export interface Model {
  ask(question: Question): Promise<Reply>;
}

export function model(signal: AbortSignal): Model {
  const worker = workerOf(CODE, signal);
  if (worker === null) {
    const answering = new Answering();
    return { ask: async (question) => answering.hear(question) };
  }
  const waiting: ((reply: Reply) => void)[] = [];
  worker.onmessage = ({ data }: MessageEvent<Reply>) => waiting.shift()?.(data);
  worker.onerror = ({ message }) => waiting.shift()?.({ type: "failed", why: message });
  return {
    ask(question) {
      const files = question.type === "load" ? [question.decoder, question.photo] : [];
      worker.postMessage(question, files);
      return new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** A worker of some code, ended by the signal; null where the page's rules forbid one. */
function workerOf(code: string, signal: AbortSignal): Worker | null {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    const worker = new Worker(address);
    signal.addEventListener("abort", () => worker.terminate(), { once: true });
    return worker;
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(address);
  }
}
