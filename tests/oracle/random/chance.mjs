// Random numbers that are the same on every machine, from a text.
export class Chance {
  /** mulberry32, begun with the FNV hash of `seed`. */
  constructor(seed) {
    this.state = 2166136261
    for (const c of String(seed)) this.state = Math.imul(this.state ^ c.codePointAt(0), 16777619)
  }

  next() {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** From `low` to `high`, both included. */
  number(low, high) {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  /** True once in `n` times. */
  once(n) {
    return this.next() * n < 1
  }

  pick(list) {
    return list[this.number(0, list.length - 1)]
  }

  shuffled(list) {
    const all = [...list]
    for (let i = all.length - 1; i > 0; i--) {
      const j = this.number(0, i)
      ;[all[i], all[j]] = [all[j], all[i]]
    }
    return all
  }

  /** `count` different ones, in the order of the list. */
  some(list, count) {
    if (count >= list.length) return [...list]
    const chosen = new Set(this.shuffled(list.map((_, i) => i)).slice(0, count))
    return list.filter((_, i) => chosen.has(i))
  }
}
