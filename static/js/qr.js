// An address as a picture to scan: rows of dark and light modules.
import { generate } from "../vendor/lean-qr-2.7.4/index.mjs";

/** @param {string} address @returns {boolean[][]} true is dark */
export function qr(address) {
  const code = generate(address);
  const places = [...Array(code.size).keys()];
  return places.map((y) => places.map((x) => code.get(x, y)));
}
