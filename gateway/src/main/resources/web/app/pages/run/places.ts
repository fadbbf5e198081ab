/** Where points of a map lie on a canvas, and which is near a place. */
interface Point {
  x: number;
  y: number;
}

const CELL = 24;

/** Pixels of points, in squares, so that ten thousand are searched in no time. */
export class Places<P extends Point = Point> {
  private readonly at: ([number, number] | undefined)[];
  private readonly cells = new Map<string, number[]>();

  constructor(points: readonly P[], width: number, height: number, margin: number, shown: (point: P) => boolean) {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of points) {
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
    const [wide, high] = [right - left || 1, bottom - top || 1];
    this.at = points.map((point) =>
      shown(point)
        ? [
            margin + ((point.x - left) / wide) * (width - 2 * margin),
            height - margin - ((point.y - top) / high) * (height - 2 * margin),
          ]
        : undefined,
    );
    this.at.forEach((place, index) => {
      if (!place) return;
      const key = cell(place[0], place[1]);
      const others = this.cells.get(key);
      if (others) others.push(index);
      else this.cells.set(key, [index]);
    });
  }

  /** The pixels of a point; nothing where it is not shown. */
  of(index: number): [number, number] | undefined {
    return this.at[index];
  }

  /** The point nearest to a place, not further than `reach` pixels. */
  nearest(x: number, y: number, reach: number): number | undefined {
    let best: number | undefined;
    let least = reach * reach;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const index of this.cells.get(cell(x + dx * CELL, y + dy * CELL)) ?? []) {
          const [px, py] = this.at[index]!;
          const distance = (px - x) ** 2 + (py - y) ** 2;
          if (distance <= least) [best, least] = [index, distance];
        }
      }
    }
    return best;
  }

  /** The next point in a direction, those straight ahead before those aside; the first without a point to go from. */
  next(from: number | undefined, [dx, dy]: readonly [number, number]): number | undefined {
    const start = from === undefined ? undefined : this.at[from];
    if (!start) return this.at.findIndex((place) => place !== undefined);
    let best: number | undefined;
    let least = Infinity;
    this.at.forEach((place, index) => {
      if (!place || index === from) return;
      const [x, y] = [place[0] - start[0], place[1] - start[1]];
      const ahead = x * dx + y * dy;
      if (ahead <= 0) return;
      const cost = ahead + 2 * Math.abs(x * dy - y * dx);
      if (cost < least) [best, least] = [index, cost];
    });
    return best;
  }
}

function cell(x: number, y: number): string {
  return `${Math.floor(x / CELL)} ${Math.floor(y / CELL)}`;
}
