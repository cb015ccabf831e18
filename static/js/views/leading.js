// Everything that only those need who hold the circle.
export { door, introduced } from "./door.js";
export { guard } from "./guard.js";
export { invite, links } from "./links.js";
export { controls, onward, request, script, timeKeeping } from "./script.js";
export { kinds, settling } from "./settling.js";
export { tools } from "./tools.js";
