// Keeps one connection going. The latest start counts: what comes up late is closed, and what an older one says no longer matters.

const AGAIN = 1000;

/**
 * @template {{ close(): void }} Kept
 * @param {(again: () => void) => Kept | Promise<Kept>} build rejects when it cannot be had now
 * @param {(kept: Kept, again: () => void) => void} onUp
 * @param {(run: () => void) => void} [later]
 */
export function makeKeeper(build, onUp, later = (run) => setTimeout(run, AGAIN)) {
  let latest = 0;
  /** @type {Kept | null} */
  let kept = null;

  const stop = () => {
    latest += 1;
    kept?.close();
    kept = null;
  };

  const start = async () => {
    stop();
    const mine = latest;
    const again = () => later(() => mine === latest && start());
    try {
      const made = await build(again);
      if (mine !== latest) return made.close();
      kept = made;
    } catch {
      return again();
    }
    return onUp(kept, again);
  };

  return { start, stop, now: () => kept };
}
