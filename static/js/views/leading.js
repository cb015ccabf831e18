// Everything that only those need who hold the circle.
export { door, introduced } from "./door.js";
export { guard } from "./guard.js";
export { kinds } from "./kinds.js";
export { invite, links } from "./links.js";
export { request, timeKeeping } from "./plan.js";
export { controls, onward, script } from "./script.js";
export { settling } from "./settling.js";
export { tools } from "./tools.js";
