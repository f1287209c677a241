// A stock client: a Repo over the WebSocket adapter.

import { Repo } from '@automerge/automerge-repo'
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket'
import { bounded, sameHeads, until } from './waiting.mjs'

/** How long a client waits before it looks for the server again. */
const RETRY_MS = 100

export class Client {
  /** Connects, and waits for the server's `peer`. */
  static async connect(url, peerId, storage) {
    const client = new Client(url, peerId, storage)
    await client.connected()
    return client
  }

  constructor(url, peerId, storage) {
    this.adapter = new WebSocketClientAdapter(url, RETRY_MS)
    // The adapter throws what Node's WebSocket reports and a browser does not: a reset while it connects.
    this.adapter.onError = () => {}
    this.repo = new Repo({ peerId, network: [this.adapter], storage })
  }

  connected() {
    const answered = () => this.server !== undefined
    return until(this.repo.networkSubsystem, 'peer', answered, 'the server to answer join')
  }

  disconnected() {
    const network = this.repo.networkSubsystem
    return until(network, 'peer-disconnected', () => this.repo.peers.length === 0, 'the connection to end')
  }

  /** The server's peer id. */
  get server() {
    return this.repo.peers[0]
  }

  /** The id of the server's store (W3). */
  get storageId() {
    return this.repo.getStorageIdOfPeer(this.server)
  }

  find(url, what = 'the document to be found') {
    return bounded(this.repo.find(url), what)
  }

  /** Resolves when the server has said that it has everything in the document (Y1). */
  saved(handle) {
    const { storageId } = this
    const told = () => sameHeads(handle.getSyncInfo(storageId)?.lastHeads, handle.heads())
    return until(handle, 'remote-heads', told, 'the server to have saved everything')
  }

  leave() {
    if (this.adapter.socket) this.adapter.disconnect()
  }
}
