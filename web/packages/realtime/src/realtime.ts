/** What can change while somebody looks: an order, a payment, a feed, or what staff wait for. */
export type Topic = `order:${string}` | `payment:${string}` | `feed:${string}` | 'admin:counters' | 'admin:orders';

/** Something of a topic is another than before. Versions are compared for being different, they have no order. */
export interface Change {
  topic: Topic;
  id: string;
  version: string;
}

export type Listener = (change: Change) => void;

/** The port: pages subscribe to topics and ask the API again when one changed. An adapter knows how changes come. */
export interface Realtime {
  /** Ends the subscription when called. */
  subscribe(topic: Topic, listener: Listener): () => void;
  close(): void;
}
