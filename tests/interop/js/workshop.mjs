// A workshop by HTTP: the owner, others who join by links, and tickets to /sync.

import assert from 'node:assert/strict'

/** Somebody's browser: cookies, and the headers of one. */
export class Browser {
  #cookies = new Map()

  constructor(http) {
    this.http = http
  }

  async send(method, path, body) {
    const response = await fetch(`${this.http}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: this.http,
        cookie: [...this.#cookies].map(pair => pair.join('=')).join('; '),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=')
      this.#cookies.set(name, value)
    }
    const text = await response.text()
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`)
    return text && JSON.parse(text)
  }

  /** The address of /sync with a ticket for one connection. */
  async ticket(workshop) {
    const { ticket } = await this.send('POST', '/api/v1/tickets', { workshop })
    return `${this.http.replace('http', 'ws')}/sync?ticket=${ticket}`
  }
}

/** The owner's browser, and a workshop of theirs with one case. */
export async function workshop(http, secret) {
  const owner = new Browser(http)
  await owner.send('POST', '/api/v1/owner', { secret })
  const made = { title: 'Flom', purpose: 'Hvem gjør hva?' }
  const { workshop } = await owner.send('POST', '/api/v1/workshops', made)
  const { document } = await owner.send('POST', `/api/v1/workshops/${workshop}/cases`, { name: 'Brannvern' })
  return { owner, workshop, url: `automerge:${document}` }
}

/** The browser of somebody who joined by a fresh link. */
export async function joined({ owner, workshop }, grant) {
  const link = await owner.send('POST', `/api/v1/workshops/${workshop}/links`, { grant, label: grant })
  const guest = new Browser(owner.http)
  await guest.send('POST', '/api/v1/join', { secret: link.secret, name: 'Ola', actor_group: 'kommune' })
  return guest
}
