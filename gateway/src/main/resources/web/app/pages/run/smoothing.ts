/**
 * Exponential smoothing with its bias corrected, as TensorBoard's: a mean of what came so far in which what is `n`
 * points back counts `weight` to the power of `n`. What is no value is left out and stays none.
 */
export function smoothed(values: readonly (number | null)[], weight: number): (number | null)[] {
  let sum = 0;
  let count = 0;
  return values.map((value) => {
    if (value === null) return null;
    sum = sum * weight + (1 - weight) * value;
    count++;
    return weight === 0 ? value : sum / (1 - weight ** count);
  });
}
