// The worker in which the model answers, so that the page goes on moving meanwhile.
import { Answering, type Question, type Reply } from "./answering";

const answering = new Answering();
const port = globalThis as unknown as {
  onmessage: (event: MessageEvent<Question>) => void;
  postMessage(reply: Reply): void;
};
port.onmessage = ({ data }) => port.postMessage(answering.hear(data));
