// Places tiles of unlike shapes so that all of them are in view: rows of one height, as many to a row as the shapes want.

export const GAP = 8;

// Lower tiles show nothing; with so many cameras the page scrolls.
const MIN_HEIGHT = 64;

/**
 * The greatest height of a row with which all tiles fit into the space, and the narrowest width that keeps that many rows: five tiles
 * stand as three and two, not as four and one. Sizes are whole pixels: a fraction too much would begin another row.
 * @param shapes Width over height of each tile, in their order.
 */
export function fit(shapes, width, height) {
  const fits = row => {
    const rows = rowsOf(shapes, row, width);
    return rows * row + (rows - 1) * GAP <= height;
  };
  const row = Math.max(Math.min(MIN_HEIGHT, Math.floor(width / Math.max(...shapes))), greatest(0, Math.floor(height), fits));
  const rows = rowsOf(shapes, row, width);
  const spare = greatest(0, width, unused => rowsOf(shapes, row, width - unused) === rows);
  return { row, rows, widths: shapes.map(shape => widthOf(shape, row)), width: width - spare };
}

function rowsOf(shapes, row, width) {
  let rows = 1;
  let used = 0;
  for (const shape of shapes) {
    const wide = widthOf(shape, row);
    if (wide > width) {
      return Infinity;
    }
    const after = used === 0 ? wide : used + GAP + wide;
    if (after > width) {
      rows++;
    }
    used = after > width ? wide : after;
  }
  return rows;
}

function widthOf(shape, row) {
  return Math.max(1, Math.floor(shape * row));
}

/** The greatest whole number for which a condition holds that holds up to some number and not beyond. */
function greatest(low, high, holds) {
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}
